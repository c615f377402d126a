"""Whether a sentence on a page about grants tells a first or a last day of applying, in words that people use."""

from __future__ import annotations

import datetime as dt

import pytest

from aluevahti.reading import read

FIRST, LAST = dt.date(2026, 9, 1), dt.date(2026, 9, 30)

FI_OPENING = ("Hakemuksia voi toimittaa kirjaamoon 1.9. lähtien.",)
SV_OPENING = ()
FI_CLOSING = (
    "Hakemuksen on oltava meillä 30.9. mennessä.",
    "Viimeistään 30.9. hakemuksen täytyy olla perillä.",
    "Jätäthän hakemuksesi ajoissa, sillä 30.9. jälkeen emme enää ota niitä vastaan.",
    "Hakuaikaa on syyskuun 30. päivään.",
    "Hakemukset pyydämme 30.9. mennessä.",
    "Odotamme hakemuksianne 30.9. saakka.",
    "Muista lähettää hakemus ennen kuin haku sulkeutuu 30.9. klo 16.",
    "Deadline on 30.9.",
    "Hakemuksille on aikaa 30.9. asti.",
    "Voit täyttää lomakkeen 30.9. asti.",
    "Hakemus kannattaa lähettää hyvissä ajoin, sillä haku loppuu 30.9.",
    "Hakuun ehtii mukaan 30.9. klo 16 asti.",
    "Hakemukset vastaanotetaan 30.9. saakka.",
    "Takarajana on 30.9. kello 12.",
)
SV_CLOSING = (
    "Ansökan ska finnas hos oss senast den 30 september.",
    "Ni har tid på er till den 30 september.",
    "Sista dag är den 30 september.",
    "Vi väntar på era ansökningar fram till den 30 september.",
    "Skicka ansökan i god tid, blanketten stänger 30.9.",
    "Efter den 30 september tas inga ansökningar emot.",
    "Deadline är 30.9.",
    "Papperen ska vara hos oss den 30 september kl. 15.",
)
FI_WHOLE = (
    "Avustushaku pyörähtää käyntiin 1.9. ja kestää 30.9. asti.",
    "Hakuikkuna on auki 1.–30.9.",
    "Haemme uusia kumppaneita 1.9.–30.9.",
    "Avustuksia myönnetään hakemuksesta, jonka voi tehdä 1.9.–30.9.",
    "Hakemukset kerätään 1.9.–30.9. välisenä aikana.",
    "Hakukuukausi on syyskuu (1.–30.9.).",
    "Verkkolomake on käytössä 1.9.–30.9.",
    "Hakupalvelu on auki 1.9. klo 8 – 30.9. klo 16.",
    "Avustuksia voi anoa 1.9. ja 30.9. välillä.",
    "Haku alkaa tiistaina 1.9. ja jatkuu neljä viikkoa, keskiviikkoon 30.9. saakka.",
    "Hakuaika: alkaa 1.9., päättyy 30.9.",
    "Haun aloitus 1.9.2026. Haun lopetus 30.9.2026.",
    "Avustushaun ajankohta on 1.–30.9.2026.",
    "Avustus julistetaan haettavaksi ajalle 1.9.–30.9.",
    "Avustusta voivat hakea yhdistykset, ja haku on auki syyskuun (1.9.–30.9.).",
    "Avustusten hakukierros järjestetään 1.–30.9.",
    "Hakemusten vastaanotto alkaa 1.9. ja päättyy 30.9.",
    "Tänä syksynä hakemuksen voi jättää 1. syyskuuta – 30. syyskuuta.",
)
SV_WHOLE = (
    "Ansökningsfönstret är öppet 1–30.9.",
    "Vi tar emot ansökningar mellan den 1 och 30 september.",
    "Man kan ansöka från den 1 september och fram till den 30 september.",
    "Ansökan: öppnar 1.9, stänger 30.9.",
    "Bidragen utlyses för tiden 1–30 september.",
    "Portalen är öppen för ansökningar 1.9–30.9.",
    "Ansökningarna lämnas in under perioden 1.9–30.9.",
    "Ansökningstiden inleds 1.9 och upphör 30.9.",
)
FI_OF_SOMETHING_ELSE = (
    "Hakemukset käsitellään 30.9. mennessä.",
    "Päätökset lähetetään hakijoille 30.9. mennessä.",
    "Hakijoille ilmoitetaan päätöksestä 30.9. mennessä.",
    "Avustuksen käytöstä on raportoitava 30.9. mennessä.",
    "Avustus maksetaan 30.9. mennessä.",
    "Toimintakertomus toimitetaan 30.9. mennessä.",
    "Tapahtuma järjestetään 1.9.–30.9.",
    "Toiminta toteutetaan 1.9.–30.9.",
    "Kirjaamo on suljettu 1.9.–30.9.",
    "Toimisto on auki 1.9. alkaen.",
    "Neuvontaa annetaan 30.9. asti.",
    "Ilmoittaudu infoon 30.9. mennessä.",
    "Kysymyksiä voi lähettää 30.9. mennessä.",
    "Liitteitä voi täydentää 30.9. mennessä.",
    "Yhdistyksen säännöt on toimitettava 30.9. mennessä, jos niitä ei ole aiemmin toimitettu.",
    "Järjestelmä on huoltokatkolla 1.9.–2.9.",
    "Uusi järjestelmä otetaan käyttöön 1.9.",
    "Järjestöfoorumi pidetään 1.9.",
    "Avustuksen on oltava käytetty 30.9. mennessä.",
    "Oikaisuvaatimus on tehtävä 30.9. mennessä.",
    "Uudet ohjeet tulevat voimaan 1.9. alkaen.",
    "Palvelupiste siirtyy uusiin tiloihin 1.9. alkaen.",
    "Asiointipalvelu on poissa käytöstä 30.9. asti.",
    "Yhteydenotot 30.9. asti: Maija Meikäläinen.",
    "Varaa neuvonta-aika 30.9. mennessä.",
    "Sopimus on voimassa 30.9. asti.",
    "Sijaisena toimii 30.9. asti Matti Malli.",
    "Kysely järjestöille on auki 30.9. asti.",
    "Tukea maksetaan 30.9. saakka.",
    "Hankkeet päättyvät 30.9.",
    "Se päättyy 30.9., jolloin raportti luovutetaan.",
    "Olemme lomalla 30.9. asti.",
    "Voit tilata uutiskirjeen 30.9. asti.",
    "Tämä tiedote on luettavissa 30.9. asti.",
    "Avustuskausi päättyy 30.9.",
    "Avustus tulee käyttää 30.9. mennessä.",
    "Hakemukset pisteytetään 30.9. mennessä.",
    "Hakijat saavat tiedon 30.9. mennessä.",
    "Tuloksista tiedotetaan 30.9. mennessä.",
    "Lautakunta päättää avustuksista 30.9. mennessä.",
    "Ensimmäinen maksuerä maksetaan 30.9. mennessä.",
    "Laskut on lähetettävä 30.9. mennessä.",
    "Kuitit toimitetaan 30.9. mennessä.",
    "Maksatuspyyntö on tehtävä 30.9. mennessä.",
    "Tilinpäätös on jätettävä 30.9. mennessä.",
    "Yhdistyksen on oltava rekisteröity 30.9. mennessä.",
    "Suostumus on annettava 30.9. mennessä.",
    "Vuoden 2026 avustuksen saaneet raportoivat 30.9. mennessä.",
    "Viime vuonna haku päättyi 30.9.",
    "Edellinen haku oli auki 1.9.–30.9.",
    "Hakuinfo järjestetään 1.9. ja siihen ilmoittaudutaan 31.8. mennessä.",
    "Ilmoittautumislomake on auki 30.9. asti.",
    "Palautelomake on avoinna 30.9. saakka.",
    "Raportointilomake avautuu 1.9.",
    "Lomakkeella kerätään palautetta 30.9. asti.",
    "Kommentit pyydetään 30.9. mennessä.",
    "Lausunnot on annettava 30.9. mennessä.",
    "Nimeä edustajasi 30.9. mennessä.",
    "Ehdokkaat ilmoitetaan 30.9. mennessä.",
    "Tutustu ohjeisiin 30.9. mennessä.",
    "Muutokset tulee ilmoittaa 30.9. mennessä.",
    "Avustusta ei makseta 30.9. jälkeen.",
    "Uusi toimintakausi alkaa 1.9.",
    "Sote-uudistus alkaa 1.1.2027.",
    "Virka-aika alkaa 1.9. klo 8.",
    "Puhelinpalvelu on auki 1.9. alkaen arkisin.",
    "Aukioloajat muuttuvat 1.9. alkaen.",
    "Hakemuksen käsittelyaika päättyy 30.9.",
    "Valitusaika päättyy 30.9.",
    "Toimikausi päättyy 30.9.",
    "Haemme järjestökoordinaattoria, hakuaika päättyy 30.9.",
    "Työpaikkaa voi hakea 30.9. asti.",
    "STEA:n avustushaku päättyy 30.9.",
    "Sidosryhmäkyselyyn voi vastata 30.9. asti.",
    "Osallistu kyselyyn 30.9. mennessä.",
    "Tilaisuus striimataan 1.9. alkaen.",
    "Tallenne on katsottavissa 30.9. asti.",
    "Koulutukseen haetaan 30.9. mennessä.",
    "Verkkosivut uudistuvat 1.9.",
    "Järjestelmään kirjautuminen muuttuu 1.9. alkaen.",
    "Vanha järjestelmä suljetaan 30.9.",
    "Lisätietoja antaa 30.9. asti Maija Mallinen.",
    "Lisätietopyyntöihin on vastattava 30.9. mennessä.",
    "Pyydetyt liitteet on toimitettava 30.9. mennessä.",
    "Mahdollinen jäännös palautetaan 30.9. mennessä.",
    "Käyttämättä jäänyt avustus palautetaan 30.9. mennessä.",
    "Avustuspäätös on voimassa 30.9. asti.",
    "Toiminnan on alettava 1.9. mennessä.",
    "Hanke alkaa 1.9. ja päättyy 30.9.",
    "Rokotukset alkavat 1.9.",
    "Messut ovat avoinna 1.9.–30.9.",
    "Näyttely on auki 1.9.–30.9.",
    "Kirjasto on suljettu 30.9. asti.",
)
SV_OF_SOMETHING_ELSE = (
    "Besluten skickas till de sökande senast den 30 september.",
    "Redovisningen ska lämnas in senast den 30 september.",
    "Anmälan till infomötet görs senast den 30 september.",
    "Verksamheten ska genomföras 1.9–30.9.",
    "Registratorskontoret är stängt 1–2.9.",
    "Bidraget betalas ut senast den 30 september.",
    "Frågor besvaras fram till den 30 september.",
    "Avtalet gäller till den 30 september.",
    "Enkäten är öppen till den 30 september.",
    "Remisstiden går ut den 30 september.",
    "Bidraget ska användas senast den 30 september.",
    "De sökande får besked senast den 30 september.",
    "Kvitton lämnas in senast den 30 september.",
    "Bokslutet ska lämnas senast den 30 september.",
    "Förra året gick ansökningstiden ut den 30 september.",
    "Anmälningsblanketten är öppen till den 30 september.",
    "Rapporteringsblanketten öppnas den 1 september.",
    "Kommentarer kan lämnas till den 30 september.",
    "Kandidater föreslås senast den 30 september.",
    "Föreningen ska vara registrerad senast den 30 september.",
    "Den nya mandatperioden börjar den 1 september.",
    "Besvärstiden går ut den 30 september.",
    "Tjänsten som koordinator kan sökas till den 30 september.",
    "Projektet börjar den 1 september och slutar den 30 september.",
    "Utställningen är öppen 1.9–30.9.",
    "Begärda bilagor ska skickas in senast den 30 september.",
    "Oanvänt bidrag återbetalas senast den 30 september.",
    "Det gamla systemet stängs den 30 september.",
    "Vaccinationerna börjar den 1 september.",
    "Telefontjänsten är öppen från den 1 september.",
)


def _windows(sentence: str, *, swedish: bool) -> list[tuple[dt.date | None, dt.date | None]]:
    title, intro, region = (
        (
            "Verksamhetsbidrag för år 2027",
            "Välfärdsområdet delar ut bidrag till föreningar. Bidrag söks elektroniskt. Fråga mer av koordinatorn.",
            "pohjanmaa",
        )
        if swedish
        else (
            "Toiminta-avustukset vuodelle 2027",
            "Hyvinvointialue jakaa järjestöille avustuksia. Avustusta haetaan sähköisesti. Kysy lisää koordinaattorilta.",
            "pirkanmaa",
        )
    )
    reading = read(title, f"{intro} {sentence}", region=region, published_on=dt.date(2026, 8, 20))
    return [(window.opens, window.closes) for window in reading.windows]


@pytest.mark.parametrize("sentence", [*FI_OPENING, *SV_OPENING])
def test_a_first_day_is_told(sentence: str) -> None:
    assert _windows(sentence, swedish=sentence in SV_OPENING) == [(FIRST, None)]


@pytest.mark.parametrize("sentence", [*FI_CLOSING, *SV_CLOSING])
def test_a_last_day_is_told(sentence: str) -> None:
    assert _windows(sentence, swedish=sentence in SV_CLOSING) == [(None, LAST)]


@pytest.mark.parametrize("sentence", [*FI_WHOLE, *SV_WHOLE])
def test_both_days_are_told(sentence: str) -> None:
    assert _windows(sentence, swedish=sentence in SV_WHOLE) == [(FIRST, LAST)]


@pytest.mark.parametrize("sentence", [*FI_OF_SOMETHING_ELSE, *SV_OF_SOMETHING_ELSE])
def test_a_day_of_something_else_is_none(sentence: str) -> None:
    assert _windows(sentence, swedish=sentence in SV_OF_SOMETHING_ELSE) == []
