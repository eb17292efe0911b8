"""A statement for each watched table that adds a row, numbered ``?1``, and for what such rows refer to."""

ROWS: dict[str, str] = {
    "source": "INSERT INTO source VALUES (NULL, 'u', 'k' || ?1, '', 'inbox', 0, '', '', '', 0, 0, 0.0, 0, 0, "
    "0, 't', '', '', '', 0, 0, 0, '', 'page', 0, 1)",
    "tag": "INSERT INTO tag VALUES (NULL, 'key' || ?1, 'name', 'rose')",
    "goal": "INSERT INTO goal VALUES (NULL, 'key' || ?1, 'skill', 'open', 5)",
    "source_tag": "INSERT INTO source_tag VALUES (?1, ?1)",
    "source_goal": "INSERT INTO source_goal VALUES (?1, ?1)",
    "event": "INSERT INTO event VALUES (NULL, ?1, 'seek', 'captured', 1)",
    "alias": "INSERT INTO alias VALUES (NULL, 'also' || ?1, 'Also', min(?1, 3))",
    "annotation": "INSERT INTO annotation VALUES (NULL, 'uuid' || ?1, min(?1, 3), min(?1, 3), 4, 5, '', "
    "'sky', 'comment', '', 0, 2, 7, 'quote', 'pre', 'suf', '', '', 'reader')",
    "anchor": "INSERT INTO anchor VALUES (?1, ?1, 2, 7, 'exact', 100)",
    "annotation_tag": "INSERT INTO annotation_tag VALUES (?1, ?1)",
    "block_edit": "INSERT INTO block_edit VALUES (NULL, min(?1, 3), 'remove', '0/' || ?1, 6)",
    "link": "INSERT INTO link VALUES (NULL, min(?1, 3), 1, 'see' || ?1, 'sentence', 7)",
    "note": "INSERT INTO note VALUES (NULL, 'uuid' || ?1, 'title', 'body', 8, 9, 0)",
    "note_quote": "INSERT INTO note_quote VALUES (?1, ?1, 0)",
    "note_source": "INSERT INTO note_source VALUES (?1, ?1)",
    "note_tag": "INSERT INTO note_tag VALUES (?1, ?1)",
    "saved_search": "INSERT INTO saved_search VALUES (NULL, 'name', 'query', ?1, 10)",
    "basket": "INSERT INTO basket VALUES (NULL, min(?1, 3), NULL, NULL, 1, 11)",
}
UNWATCHED = {
    "content": "INSERT INTO content VALUES (?1, 0, 0, '', '', '', '[]', '', '', '')",
    "capture": "INSERT INTO capture VALUES (NULL, 'uuid' || ?1, ?1, 1, 0, 0, '', '', '', '', 0, '', '', '', "
    "'page', 0, 0, '', '[]', '', '', '', '', '{}', ?1)",
}
