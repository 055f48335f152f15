"""How metering points are called, which decides no amount but where a loss is shared out in the order of names."""

from billcalc.billing.request import Request
from billcalc.metering.models import Child

__all__ = ["by_places"]

_NOBODY = "none"
"""What a point that is not there is called: no place is called so, and it is not found under this name either."""


def by_places(request: Request) -> Request:
    """A request whose metering points are called by their places: for those who ask for its total alone.

    So requests that lack one or another of points that are alike are of one structure, and have one plan.
    """
    points = request.metering_points
    if any(point.losses is not None and point.losses.shared is not None for point in points):
        return request
    names = {point.id: str(place) for place, point in enumerate(points)}

    def named(child: Child) -> Child:
        if child.point is None:
            return child
        return child.model_copy(update={"point": names.get(child.point, _NOBODY)})

    called = tuple(
        point.model_copy(update={"id": names[point.id], "children": tuple(map(named, point.children))})
        for point in points
    )
    return request.model_copy(update={"metering_points": called})
