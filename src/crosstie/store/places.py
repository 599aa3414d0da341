"""Places by key: what they are called, and who can read them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from crosstie.record import Place
from crosstie.record.kept import PLACE_NAME, is_kept

_BATCH = 2_000


class Places:
    """The places of one workspace's database."""

    def __init__(self, alias: str) -> None:
        self._alias = alias

    def save(self, keyed: Mapping[str, Place]) -> None:
        """Keep places by key; a direct place is kept without a name."""
        from crosstie.store.models import Place as PlaceModel

        PlaceModel.objects.using(self._alias).bulk_create(
            [
                PlaceModel(
                    key=key,
                    source=place.source,
                    name=place.name[:400] if is_kept(PLACE_NAME, place.openness) else "",
                    openness=place.openness.value,
                    link=place.link if is_kept("link", place.openness) else "",
                )
                for key, place in keyed.items()
            ],
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["name", "openness", "link"],
        )

    def one(self, key: str) -> tuple[str, str]:
        """Return name and openness of one place; both "" if it is not known."""
        from crosstie.store.models import Place as PlaceModel

        row = PlaceModel.objects.using(self._alias).filter(key=key).values_list("name", "openness").first()
        return (row[0], row[1]) if row else ("", "")

    def names(self, among: Collection[str] | None = None) -> dict[str, tuple[str, str]]:
        """Return name and openness of every place by key, or of those asked for."""
        from crosstie.store.models import Place as PlaceModel

        places = PlaceModel.objects.using(self._alias).all()
        if among is not None:
            places = places.filter(key__in=among)
        return {
            key: (name, openness) for key, name, openness in places.values_list("key", "name", "openness")
        }
