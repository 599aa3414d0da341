"""Names do not leave without a reason, the forgotten do not come back, and nothing goes out from a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.actions import company
from tests.forbidden.walking import names_in, walked

import crosstie
from crosstie.actions import forgetting, reading
from crosstie.actions.consent import Consent
from crosstie.actions.export import export
from crosstie.actions.home import Home
from crosstie.cli import main
from crosstie.errors import UsageRefused

ENDINGS = (".csv", ".graphml", ".gexf", ".parquet")
LOADED = re.compile(
    r"""<(?:script|link|img|iframe|source|object|embed|form)\b[^>]*\b(?:src|href|action)=["']([^"']+)"""
)


@pytest.fixture
def owned(tmp_path: Path) -> Iterator[Home]:
    """A workspace of an analyst."""
    with Home(tmp_path / "owned") as home:
        reading.read(home, company.plan())
        yield home


@pytest.mark.forbids("unjournalled-names")
@pytest.mark.parametrize("ending", ENDINGS)
def test_an_export_names_nobody(owned: Home, tmp_path: Path, ending: str):
    file = tmp_path / f"ties{ending}"
    export(owned, file)
    assert names_in(file.read_bytes().decode("utf-8", "replace")) == set()


@pytest.mark.forbids("unjournalled-names")
@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_names_without_a_reason_are_refused_and_with_one_the_journal_keeps_it(
    owned: Home, tmp_path: Path, reason: str
):
    file = tmp_path / "ties.csv"
    with pytest.raises(UsageRefused):
        export(owned, file, names=True, reason=reason)
    assert not file.exists()
    export(owned, file, names=True, reason="For the works council.")
    assert "Ada Berg" in names_in(file.read_text())
    assert ("names joined", "For the works council.") in [row[2:] for row in owned.store.journal_rows()]


@pytest.mark.forbids("unjournalled-names")
def test_the_command_asks_for_the_reason_as_well(owned: Home, tmp_path: Path):
    file = tmp_path / "ties.csv"
    result = CliRunner().invoke(main, ["export", str(file), "--names", "--workspace", str(owned.folder)])
    assert result.exit_code != 0
    assert not file.exists()


@pytest.mark.forbids("unjournalled-names")
def test_the_library_hands_out_keys_and_names_for_a_reason_alone(owned: Home):
    with crosstie.open(owned.folder) as library:
        frames = [library.network().ties, library.network().people]
        assert [names_in(str(frame.to_pandas().to_csv())) for frame in frames] == [set(), set()]
        with pytest.raises((UsageRefused, TypeError)):
            library.names(reason="")


@pytest.mark.forbids("coming-back")
def test_who_was_forgotten_does_not_come_back_by_reading_again(firm):
    from crosstie.actions import looking

    forgetting.forget(firm, looking.find(firm, "Dan Wu").key)
    for _ in range(2):
        reading.read(firm, company.plan(), agreed=Consent(domains=frozenset({"firm.example"})))
    assert "Dan Wu" not in {row.name for row in firm.store.accounts.all()}
    with firm.record.connect() as connection:
        (texts,) = connection.execute("SELECT string_agg(text, ' ') FROM interactions").fetchone()
    assert "Ben" in texts
    assert "Dan" not in texts


@pytest.mark.forbids("leaving-the-machine")
def test_no_page_loads_anything_from_elsewhere_and_the_browser_would_refuse_it(browse, ada, ben, site):
    from crosstie.web.organisation.application import HEADERS

    told = walked(browse(ada), ben.person)
    loaded = {address for page in told.values() for address in LOADED.findall(page)}
    assert len(loaded) > 10
    assert {one for one in loaded if "://" in one or one.startswith("//")} == set()
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"https?:|\*", policy)
    assert LOADED.findall('<script defer src="https://cdn.example/x.js">') == ["https://cdn.example/x.js"]


@pytest.mark.forbids("leaving-the-machine")
def test_our_own_files_name_no_other_machine():
    files = (Path(crosstie.__file__).parent / "web" / "static").glob("*.*")
    written = {file.name: file.read_text("utf-8") for file in files if file.suffix in {".js", ".css"}}
    assert written
    for name, text in written.items():
        assert re.findall(r"""(?:fetch|import|url)\(\s*["']?https?:""", text) == [], name
