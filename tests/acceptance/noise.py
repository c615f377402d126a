"""What differs on real pages from one load to the next, and means nothing."""

from __future__ import annotations

import random  # noqa: TID251 - seeded: the same in every run

MENU = ("Etusivu", "Palvelut", "Asioi verkossa", "Ota yhteyttä", "Meille töihin", "Ajankohtaista", "Anna palautetta")
RELATED = (
    "Kesän aukioloajat",
    "Näin varaat ajan laboratorioon",
    "Rokotukset jatkuvat terveysasemilla",
    "Uusi hyvinvointikeskus rakenteilla",
    "Digipalvelut poissa käytöstä yöllä",
    "Vierailuajat osastoilla muuttuvat",
    "Asiakasraati kokoontui",
)


class Noise:
    """A stream of meaningless differences, the same in every run of the tests."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.count = 0

    def token(self, length: int = 16) -> str:
        """Letters and digits that nobody will see again."""
        return "".join(self._random.choices("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=length))

    def number(self, low: int, high: int) -> int:
        """Any number from `low` to `high`."""
        return self._random.randint(low, high)

    def some(self, of: tuple[str, ...], count: int) -> list[str]:
        """A few of them in any order."""
        return self._random.sample(of, count)

    def clock(self) -> str:
        """A time of day to the second."""
        return f"{self.number(6, 22)}.{self.number(0, 59):02d}.{self.number(0, 59):02d}"

    def hits(self) -> int:
        """A counter that only grows."""
        self.count += self.number(1, 40)
        return 10_000 + self.count

    def menu(self) -> str:
        """A navigation whose order changes."""
        return "".join(
            f'<li><a href="/{word.lower().replace(" ", "-")}">{word}</a></li>' for word in self.some(MENU, 5)
        )

    def related(self) -> str:
        """Links to other news, never the same."""
        return "".join(
            f'<li><a href="/katso/{self.number(100, 999)}">{title}</a></li>' for title in self.some(RELATED, 3)
        )
