"""Days by the weather, and occasions whose campaign lies in another year."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.calendar.due import period, slots
from sitegen.audience.calendar.occasions import BUILT_IN, Occasions
from sitegen.audience.facts.weather import weather_days
from sitegen.model.campaign import OnOccasion
from sitegen.model.channel import Channel
from sitegen.model.occasion import EasterDay, NthWeekday, Occasion, WeatherDay
from sitegen.model.tree import Place
from tests.audience.little_shop import TODAY, ask, campaign, tables
from tests.plain_shop import SHOP

YESTERDAY, TOMORROW = TODAY - timedelta(1), TODAY + timedelta(1)
RAINY = Occasion("rainy-day", WeatherDay("rain"))


def test_each_day_on_which_any_store_has_that_weather_is_told_once() -> None:
    told = weather_days(
        tables(
            weather=[
                {"day": TODAY, "store_id": "hamburg", "condition": "rain"},
                {"day": TODAY, "store_id": "suzhou", "condition": "rain"},
                {"day": TODAY, "store_id": "shanghai", "condition": "clear"},
                {"day": YESTERDAY, "store_id": "suzhou", "condition": "rain"},
            ]
        )
    )
    assert [tuple(row.values()) for row in ask(told)] == [("clear", TODAY), ("rain", YESTERDAY), ("rain", TODAY)]


def test_a_rainy_day_is_an_occasion_as_often_as_it_rains() -> None:
    shop = Occasions((RAINY,), weather={"rain": (YESTERDAY, TODAY, TOMORROW), "clear": (YESTERDAY,)})
    assert shop.days("rainy-day", TODAY, TOMORROW) == (TODAY, TOMORROW)
    thanks = campaign("thanks", channels=(Channel.TEXT,), timing=OnOccasion("rainy-day"))
    found = slots(thanks, SHOP, shop, period(YESTERDAY, TODAY, None, 0))
    assert [slot.edition for slot in found] == [f"thanks/{YESTERDAY}", f"thanks/{TODAY}"]


def test_where_no_weather_is_told_the_occasion_has_a_name_and_no_day() -> None:
    shop = Occasions((RAINY,))
    assert shop.problem("rainy-day", Place("")) is None
    assert shop.days("rainy-day", YESTERDAY, TOMORROW) == ()


@given(
    st.sampled_from(BUILT_IN), st.integers(-400, 400), st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 40)
)
def test_an_offset_may_lead_into_another_year(occasion: Occasion, offset: int, first: date, length: int) -> None:
    last = first + timedelta(length)
    moved = campaign("moved", timing=OnOccasion(occasion.name, offset))
    found = [slot.occasion_day for slot in slots(moved, SHOP, Occasions(), period(first, last, None, 0))]
    years = Occasions().days(occasion.name, date(first.year - 2, 1, 1), date(last.year + 2, 12, 31))
    assert found == [day + timedelta(offset) for day in years if first <= day + timedelta(offset) <= last]


def test_days_far_from_easter_are_found_in_the_year_to_which_they_belong() -> None:
    far = Occasions((Occasion("before", EasterDay(-250)), Occasion("after", EasterDay(250))))
    assert far.days("before", date(2026, 7, 1), date(2026, 8, 31)) == (date(2026, 7, 21),)
    assert far.days("after", date(2026, 12, 1), date(2026, 12, 31)) == (date(2026, 12, 11),)


@given(st.integers(1600, 2400), st.integers(1, 12), st.integers(0, 6), st.sampled_from([1, 2, 3, 4, 5, -1]))
def test_the_nth_weekday_is_counted_as_on_a_wall_calendar(year: int, month: int, weekday: int, nth: int) -> None:
    start = date(year, month, 1)
    wall = [start + timedelta(number) for number in range(31) if (start + timedelta(number)).month == month]
    column = [day for day in wall if day.weekday() == weekday]
    expected = column[-1:] if nth == -1 else column[nth - 1 : nth]
    shop = Occasions((Occasion("one", NthWeekday(nth, weekday, month)),))
    assert list(shop.days("one", date(year, 1, 1), date(year, 12, 31))) == expected
