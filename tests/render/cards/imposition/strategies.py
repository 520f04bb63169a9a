"""Sheets and cards of every sensible and many strange sizes."""

from __future__ import annotations

from hypothesis import assume
from hypothesis import strategies as st

from sitegen.model.card import Axis, Fold
from sitegen.model.print_house import Duplex, Order, Sheet
from sitegen.render.cards.imposition.layout import Layout, NoRoom, layout


def _tenths(low: int, high: int) -> st.SearchStrategy[float]:
    return st.integers(low * 10, high * 10).map(lambda tenths: tenths / 10)


SHEETS = st.builds(
    Sheet,
    name=st.just("some"),
    width=_tenths(150, 520),
    height=_tenths(150, 520),
    margin=_tenths(0, 10),
    gutter=_tenths(0, 25),
    duplex=st.sampled_from(Duplex),
    order=st.sampled_from(Order),
    lift=st.sampled_from([0, 1, 2, 3, 7, 500]),
    registration=st.booleans(),
)


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """A layout on which at least one card fits."""
    sheet, width, height = draw(SHEETS), draw(_tenths(40, 220)), draw(_tenths(40, 220))
    try:
        return layout(
            sheet, width, height, draw(st.sampled_from([0.0, 2.0, 3.0, 3.175, 5.0])), draw(st.integers(1, 90))
        )
    except NoRoom:
        assume(False)
        raise


@st.composite
def folds(draw: st.DrawFn, plan: Layout) -> Fold:
    """A fold somewhere inside the layout's card."""
    axis = draw(st.sampled_from(Axis))
    length = plan.width if axis is Axis.VERTICAL else plan.height
    return Fold(axis, draw(st.sampled_from([0.5, 0.25, 0.4])) * length)
