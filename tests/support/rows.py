"""A statement for each watched table that adds a row, numbered ``?1``, and for what such rows refer to."""

_SOURCE = (
    "url, url_key, canonical_key, state, state_since, own_title, why, found_through, is_read, position, "
    "progress, first_saved, changed, capture_id, title, site, author, published, saved_at, minutes, words, "
    "excerpt, kind, is_link_only, versions"
)
"""The columns that it has had since the first step."""

ROWS: dict[str, str] = {
    "source": f"INSERT INTO source ({_SOURCE}) VALUES ('u', 'k' || ?1, '', 'inbox', 0, '', '', '', 0, 0, "
    "0.0, 0, 0, 0, 't', '', '', '', 0, 0, 0, '', 'page', 0, 1)",
    "tag": "INSERT INTO tag VALUES (NULL, 'key' || ?1, 'name', 'rose')",
    "goal": "INSERT INTO goal VALUES (NULL, 'key' || ?1, 'skill', 'open', 5, 'why', 'frame', 'c', 'l', 0, 1, "
    "3, '2027-03-31', 'next', '', 0, 6, 0)",
    "source_tag": "INSERT INTO source_tag VALUES (?1, ?1)",
    "source_goal": "INSERT INTO source_goal VALUES (?1, ?1)",
    "event": "INSERT INTO event VALUES (NULL, ?1, 'seek', 'captured', 1, '', 0)",
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
    "basket": "INSERT INTO basket VALUES (NULL, min(?1, 3), NULL, NULL, 1, 11, 'sentence', '', 0, '', 0, 0)",
    "tag_goal": "INSERT INTO tag_goal VALUES (?1, ?1)",
    "person": "INSERT INTO person VALUES (NULL, 'key' || ?1, 'Name', 'note', '', 12, 'a@b', 'met', 'topics')",
    "activity": "INSERT INTO activity VALUES (NULL, 'uuid' || ?1, 'course', 'title', 'provider', 'people', "
    "'url', '2026-12-03', '', '', 90, '', '', 'doing', '', 0, 13, 14, 0, min(?1, 3), min(?1, 3), min(?1, 3))",
    "unit": "INSERT INTO unit VALUES (NULL, min(?1, 3), ?1, 0, 'title', 10, 0)",
    "study_time": "INSERT INTO study_time VALUES (NULL, min(?1, 3), 15, 25, 0, '')",
    "planned_session": "INSERT INTO planned_session VALUES (NULL, 'uuid' || ?1, min(?1, 3), "
    "'2026-12-03T14:00', 'Europe/Berlin', 45, '')",
    "try": "INSERT INTO try VALUES (NULL, 'what', '2026-12-04', 'planned', '', '', '', 16, 17, 0, "
    "min(?1, 3), min(?1, 3))",
    "evidence": "INSERT INTO evidence VALUES (NULL, min(?1, 3), 'annotation', 'sentence', '', '2026-12-05', "
    "18, 0, min(?1, 3), min(?1, 3), min(?1, 3), min(?1, 3), min(?1, 3), min(?1, 3))",
    "level_change": "INSERT INTO level_change VALUES (NULL, min(?1, 3), 0, 1, '2026-12-06', 'sentence', 19)",
    "level_evidence": "INSERT INTO level_evidence VALUES (?1, ?1)",
    "tool": "INSERT INTO tool VALUES (NULL, 'name' || ?1, 'url', 'problem', 2, '2026-12-07', '', '', 'keep', "
    "'2027-01-01', '', 20, 21)",
    "tool_source": "INSERT INTO tool_source VALUES (?1, ?1)",
    "question": "INSERT INTO question VALUES (NULL, 'text' || ?1, 22, 0, '', 0, min(?1, 3), min(?1, 3))",
    "review": "INSERT INTO review VALUES (NULL, ?1 + 20, 'inbox', 0, '')",
    "review_step": "INSERT INTO review_step VALUES (?1, ?1, 24, 'done', 2)",
    "self_check": "INSERT INTO self_check VALUES (NULL, '2026-Q4', ?1, 'answer', 25)",
    "memory_card": "INSERT INTO memory_card VALUES (NULL, min(?1, 3), 26, 2, NULL, '3.25', '5.5', 27, 28)",
    "memory_answer": "INSERT INTO memory_answer VALUES (NULL, min(?1, 3), 29, 3)",
    "person_key": "INSERT INTO person_key VALUES (NULL, min(?1, 3), 'key' || ?1, 'age', 30, 31, 0, 'known')",
    "circle": "INSERT OR REPLACE INTO circle VALUES (?1, 'key' || ?1, 'name', 30)",
    "circle_person": "INSERT INTO circle_person VALUES (?1, ?1)",
    "draft": "INSERT INTO draft VALUES (?1, 'title', 'message', min(?1, 3), min(?1, 3), 0, '', 1, 32)",
    "pack": "INSERT INTO pack VALUES (NULL, 'uuid' || ?1, 'sent', 'title', 'message', 33, 34, min(?1, 3), "
    "'name', 'key', '', min(?1, 3), '', 'digest', 35, 'file.html', 'file', '', 'kept', min(?1, 3))",
    "pack_item": "INSERT INTO pack_item VALUES (NULL, min(?1, 3), 'uuid' || ?1, ?1, 'title', 'url', "
    "min(?1, 3), min(?1, 3), 1, 0, 'sentence', 39, 'by', 'licence')",
    "pack_annotation": "INSERT INTO pack_annotation VALUES (?1, ?1)",
    "reply": "INSERT INTO reply VALUES (NULL, 'uuid' || ?1, 'uuid', min(?1, 3), min(?1, 3), min(?1, 3), "
    "min(?1, 3), '', min(?1, 3), 'body', 36, 37, 0)",
    "identity": "INSERT INTO identity VALUES (?1, 'name', 'key', 'age', 38)",
}
UNWATCHED = {
    "asset": "INSERT INTO asset VALUES (?1, 'digest' || ?1, 'pdf', 'application/pdf', 9, '')",
    "content": "INSERT INTO content VALUES (?1, 0, 0, '', '', '', '[]', '', '', '')",
    "capture": "INSERT INTO capture VALUES (NULL, 'uuid' || ?1, ?1, 1, 0, 0, '', '', '', '', 0, '', '', '', "
    "'page', 0, 0, '', '[]', '', '', '', '', '{}', ?1)",
}
