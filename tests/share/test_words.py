from desktop.share.words import said, word_list, words_of

KEY = "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29"


def test_the_list_has_2048_words_told_apart_by_their_first_four_letters() -> None:
    words = word_list()

    assert len(words) == 2048
    assert len({word[:4] for word in words}) == 2048
    assert list(words) == sorted(words)
    assert all(3 <= len(word) <= 8 and word.isascii() and word.islower() for word in words)


def test_words_that_sound_alike_are_not_both_there() -> None:
    words = set(word_list())

    for one, other in [
        ("ewe", "you"),
        ("quay", "key"),
        ("hare", "hair"),
        ("thyme", "time"),
        ("loch", "lock"),
    ]:
        assert not {one, other} <= words


def test_a_key_always_has_the_same_six_words() -> None:
    assert words_of(KEY) == words_of(KEY.upper())
    assert len(words_of(KEY)) == 6
    assert said(KEY) == "exotic · faith · paper · blur · cycle · powder"


def test_another_key_has_other_words() -> None:
    assert words_of(KEY) != words_of(KEY[:-1] + "8")


def test_no_key_has_no_words() -> None:
    assert words_of("") == ()
    assert said("") == ""
