"""Words are taken apart as the index does it, and nothing of one text is found in the next."""

from __future__ import annotations

import threading

from crosstie.ideas.words import stems


def test_words_come_in_order_each_once_by_the_stem_of_the_index():
    found = stems("Resized queues: the QUEUE, resizing … Straße, électricité")
    assert found == ("resiz", "queue", "the", "straß", "electricit")


def test_nothing_of_one_text_is_found_in_the_next():
    stems("one text of many words")
    assert stems("another") == ("anoth",)
    assert stems("…") == ()


def test_threads_do_not_find_each_others_words():
    found: dict[int, list[tuple[str, ...]]] = {}

    def look(number: int) -> None:
        found[number] = [stems(f"word{number} said") for _ in range(50)]

    threads = [threading.Thread(target=look, args=(number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert all(set(one) == {f"word{number}", "said"} for number, all_of in found.items() for one in all_of)
    assert len(found) == 8
