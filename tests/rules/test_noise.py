"""What moves by itself carries no news."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from aluevahti.rules.noise import fresh_lines, is_only_frame, is_only_noise, volatile_lines

OLD = "Avustukset\nHaku on auki 1.3.–31.3.2026.\nKatso myös: Uimahalli"


def test_a_random_link_that_differs_between_two_answers_is_noise() -> None:
    new, again = OLD.replace("Uimahalli", "Kirjasto"), OLD.replace("Uimahalli", "Tori")

    assert is_only_noise(OLD, new, volatile_lines(new, again))


def test_a_new_deadline_beside_a_random_link_is_news() -> None:
    new = OLD.replace("Uimahalli", "Kirjasto").replace("31.3.2026", "15.4.2026")
    again = new.replace("Kirjasto", "Tori")

    assert not is_only_noise(OLD, new, volatile_lines(new, again))
    assert fresh_lines(OLD, new, volatile_lines(new, again)) == ("Haku on auki 1.3.–15.4.2026.",)


def test_a_line_that_is_gone_is_news_even_beside_noise() -> None:
    new = "Avustukset\nKatso myös: Kirjasto"

    assert not is_only_noise(OLD, new, volatile_lines(new, "Avustukset\nKatso myös: Tori"))


def test_without_a_second_answer_nothing_is_noise() -> None:
    assert not is_only_noise(OLD, OLD + "\nLisää", frozenset())


def test_another_order_is_no_news_unless_a_figure_stands_under_another_line() -> None:
    questions = [
        "Avustukset",
        "Kuka voi hakea?",
        "Yhdistys.",
        "Paljonko?",
        "Enintään 5 000 euroa.",
        "Miten?",
        "Lomakkeella.",
    ]
    mixed = [questions[n] for n in (0, 5, 6, 1, 2, 3, 4)]
    calls = ["Toiminta-avustus", "1.4.–30.4.2026", "Kumppanuusavustus", "1.5.–31.5.2026"]
    swapped = [calls[n] for n in (0, 3, 2, 1)]

    assert is_only_noise("\n".join(questions), "\n".join(mixed), frozenset())
    assert not is_only_noise("\n".join(calls), "\n".join(swapped), frozenset())


def test_days_that_change_places_under_equal_labels_are_news() -> None:
    old = "Hankeavustus\nHakuaika\n\n1.3.–31.3.2026\nToiminta-avustus\nHakuaika\n\n1.4.–30.4.2026"
    new = "Hankeavustus\nHakuaika\n\n1.4.–30.4.2026\nToiminta-avustus\nHakuaika\n\n1.3.–31.3.2026"
    turned = "Toiminta-avustus\nHakuaika\n\n1.4.–30.4.2026\nHankeavustus\nHakuaika\n\n1.3.–31.3.2026"

    assert not is_only_noise(old, new, frozenset())
    assert is_only_noise(old, turned, frozenset())


lines = st.lists(st.text("abc", min_size=1, max_size=2), max_size=10).map("\n".join)


@given(lines, lines)
def test_what_both_answers_share_is_never_volatile(stored: str, came: str) -> None:
    assert frozenset() == volatile_lines(came, came)
    assert is_only_noise(stored, came, frozenset()) == (sorted(stored.splitlines()) == sorted(came.splitlines()))


def test_a_text_that_comes_with_its_title_and_date_one_day_and_without_them_another_is_the_same() -> None:
    title, day = "Organisationsbidrag kan sökas 5.3–20.3.2026", dt.date(2026, 3, 3)
    body = "Bidragen kan sökas 5.3–20.3.2026.\nMera information finns på webben."
    framed = f"{title}\n3.3.2026\n{body}"

    assert is_only_frame(body, framed, title, day)
    assert is_only_frame(framed, body, title, day)
    assert not is_only_frame(body, framed.replace("kan sökas 5.3–20.3.2026.", "kan sökas 5.3–27.3.2026."), title, day)
    assert not is_only_frame(body, f"{body}\n12.3.2026", title, day)
