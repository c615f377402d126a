"""What moves by itself carries no news."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aluevahti.rules.noise import fresh_lines, is_only_noise, volatile_lines

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


lines = st.lists(st.text("abc", min_size=1, max_size=2), max_size=10).map("\n".join)


@given(lines, lines)
def test_what_both_answers_share_is_never_volatile(stored: str, came: str) -> None:
    assert frozenset() == volatile_lines(came, came)
    assert not is_only_noise(stored, came, volatile_lines(came, came))
