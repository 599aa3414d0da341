from __future__ import annotations

import gzip
import io
import os
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest

from crosstie.errors import CrosstieError, ExportUnsafe, PathUnreadable, SourceRefused
from crosstie.sources.archive import names, opened
from crosstie.sources.limits import Limits

FILES = {"b/.hidden.json": b"[1]", "a.json": b"{}", "b/c.json": b"[]", "ä/ü.json": b'"\xff"'}
FORMS = ["folder", "zip", "tar", "tar.gz", "tar.xz"]


def pack(folder: Path, form: str, files: dict[str, bytes] = FILES) -> Path:
    path = folder / f"export.{form}"
    if form == "folder":
        for name, content in files.items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(content)
    elif form == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in files.items():
                packed.writestr(name, content)
    else:
        mode = "w:" + form.partition(".")[2]
        with tarfile.open(path, mode) as packed:  # type: ignore[call-overload]  # the stubs want a literal
            for name, content in files.items():
                add(packed, tarfile.TarInfo(name), content)
    return path


def add(packed: tarfile.TarFile, info: tarfile.TarInfo, content: bytes = b"") -> None:
    info.size = len(content)
    packed.addfile(info, io.BytesIO(content))


def contents(path: Path, limits: Limits | None = None) -> dict[str, bytes]:
    with opened(path, limits) as archive:
        return {str(member.name): member.read() for member in archive.members()}


@pytest.fixture(params=FORMS)
def form(request) -> str:
    found: str = request.param
    return found


def test_every_form_gives_the_same_files(form, tmp_path):
    assert contents(pack(tmp_path, form)) == FILES


def test_an_export_can_be_passed_over_twice(form, tmp_path):
    with opened(pack(tmp_path, form)) as archive:
        first = [member.name for member in archive.members()]
        second = [member.name for member in archive.members()]

    assert first == second


def test_a_folder_and_a_zip_come_in_order_of_name_and_can_be_read_later(tmp_path):
    for form in ("folder", "zip"):
        with opened(pack(tmp_path, form)) as archive:
            members = list(archive.members())
            assert archive.lasting
            assert [str(member.name) for member in members] == [
                "a.json",
                "b/.hidden.json",
                "b/c.json",
                "ä/ü.json",
            ]
            assert [member.read() for member in reversed(members)] == [b'"\xff"', b"[]", b"[1]", b"{}"]


def test_a_tar_does_not_keep_the_headers_it_has_passed(tmp_path):
    path = pack(tmp_path, "tar", {f"{number}.json": b"" for number in range(100)})
    with opened(path) as archive:
        passes = archive.members()
        assert not archive.lasting
        assert sum(1 for _ in passes) == 100


def test_what_a_file_manager_leaves_behind_is_passed_over(form, tmp_path):
    path = pack(tmp_path, form, {"__MACOSX/._a.json": b"x", "b/.DS_Store": b"x", "a.json": b"{}"})

    assert list(contents(path)) == ["a.json"]


@pytest.mark.parametrize(
    "name", ["../evil.json", "a/../../evil.json", "/etc/evil.json", "C:/evil.json", "..\\evil"]
)
@pytest.mark.parametrize("form", ["zip", "tar", "tar.gz"])
def test_a_name_that_leaves_the_folder_is_refused(form, name, tmp_path):
    path = pack(tmp_path, form, {"a.json": b"{}", name: b"x"})

    with pytest.raises(ExportUnsafe, match="leaves its folder"):
        contents(path)
    assert not (tmp_path / "evil.json").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_a_link_or_device_in_a_tar_is_refused(kind, tmp_path):
    path = tmp_path / "export.tar"
    info = tarfile.TarInfo("a.json")
    info.type, info.linkname = kind, "/etc/passwd"
    with tarfile.open(path, "w") as packed:
        add(packed, info)

    with pytest.raises(ExportUnsafe, match="link"):
        contents(path)


def test_a_link_in_a_zip_is_refused(tmp_path):
    path = tmp_path / "export.zip"
    info = zipfile.ZipInfo("a.json")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(info, "/etc/passwd")

    with pytest.raises(ExportUnsafe, match="link"):
        contents(path)


def test_a_link_in_a_folder_is_refused(tmp_path):
    path = pack(tmp_path, "folder")
    (path / "z.json").symlink_to("/etc/passwd")

    with pytest.raises(ExportUnsafe, match="link"):
        contents(path)


@pytest.mark.parametrize("form", ["zip", "tar.gz", "tar.xz"])
def test_a_bomb_is_refused_before_it_is_unpacked(form, tmp_path):
    path = pack(tmp_path, form, {"bomb.json": bytes(4_000_000)})
    limits = Limits(ratio=100, ratio_from_bytes=1_000_000)

    with pytest.raises(ExportUnsafe, match="unpacks to more than"):
        contents(path, limits)


def test_a_bomb_among_the_headers_of_a_tar_is_refused(tmp_path):
    path = pack(tmp_path, "tar.gz", {f"{number}/" + "x" * 5_000: b"" for number in range(200)})

    with pytest.raises(ExportUnsafe, match="unpacks to more than"):
        contents(path, Limits(ratio=20, ratio_from_bytes=100_000))


def test_text_that_packs_well_is_no_bomb(form, tmp_path):
    files = {"a.json": b'{"text": "hello"}' * 10_000}

    assert contents(pack(tmp_path, form, files)) == files


def test_too_many_files_are_refused(form, tmp_path):
    path = pack(tmp_path, form, {f"{number}.json": b"" for number in range(20)})

    with pytest.raises(ExportUnsafe, match="more than 10 files"):
        contents(path, Limits(members=10))


def test_a_file_that_is_too_large_to_be_held_is_refused(form, tmp_path):
    path = pack(tmp_path, form)

    with pytest.raises(ExportUnsafe, match="larger than 2 bytes"):
        contents(path, Limits(member_bytes=2))


def test_too_much_in_all_is_refused(form, tmp_path):
    path = pack(tmp_path, form, {"a": os.urandom(5_000), "b": os.urandom(5_000)})

    with pytest.raises(ExportUnsafe, match="unpacks to more than"):
        contents(path, Limits(total_bytes=8_000))


@pytest.mark.parametrize("form", ["zip", "tar", "tar.gz", "tar.xz"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_an_archive_that_ends_too_early_is_refused_with_a_reason(form, part, tmp_path):
    path = pack(tmp_path, form, {f"{number}.json": os.urandom(20_000) for number in range(5)})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])

    with pytest.raises(SourceRefused, match="damaged or ends too early") as refusal:
        contents(path)
    assert refusal.value.hint


def test_a_tar_that_ends_between_two_files_is_refused_too(tmp_path):
    path = pack(tmp_path, "tar", {"a.json": b"x" * 512, "b.json": b"y" * 512})
    path.write_bytes(path.read_bytes()[: 2 * 512])

    with pytest.raises(SourceRefused, match="ends too early"):
        contents(path)


def test_a_zip_with_a_changed_byte_is_refused(tmp_path):
    path = pack(tmp_path, "zip", {"a.json": os.urandom(1_000)})
    content = bytearray(path.read_bytes())
    content[500] ^= 0xFF
    path.write_bytes(content)

    with pytest.raises(SourceRefused, match="damaged"):
        contents(path)


def test_a_zip_locked_by_a_password_is_refused(tmp_path):
    path = pack(tmp_path, "zip", {"a.json": b"{}"})
    content = bytearray(path.read_bytes())
    content[content.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)

    with pytest.raises(SourceRefused, match="password"):
        contents(path)


def test_what_is_no_archive_is_refused(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("hello")

    with pytest.raises(SourceRefused, match="neither a folder nor an archive"):
        contents(path)


def test_a_compressed_file_that_is_no_tar_is_refused(tmp_path):
    path = tmp_path / "mail.mbox.gz"
    path.write_bytes(gzip.compress(b"From ann Thu Jan  1 00:00:00 2026\n" * 100))

    with pytest.raises(SourceRefused, match="damaged"):
        contents(path)


def test_a_folder_that_may_not_be_read_is_said_so(tmp_path, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)

    with pytest.raises(PathUnreadable, match="may not be read"):
        contents(tmp_path)


def test_names_are_told_without_reading(form, tmp_path):
    assert {str(name) for name in names(pack(tmp_path, form))} == set(FILES)


def test_names_stop_where_enough_are_told(form, tmp_path):
    path = pack(tmp_path, form, {f"{number}.json": b"" for number in range(50)})

    assert len(list(names(path, at_most=10))) == 10


@pytest.mark.parametrize("form", ["zip", "tar", "tar.gz"])
def test_names_of_a_damaged_archive_are_told_as_far_as_they_go(form, tmp_path):
    path = pack(tmp_path, form, {"channels.json": b"[]", "z.json": os.urandom(200_000)})
    path.write_bytes(path.read_bytes()[:100_000])

    assert "channels.json" in {str(name) for name in names(path)}


def test_names_of_what_is_no_archive_are_none(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_bytes(os.urandom(2_000))

    assert list(names(path)) == []
    assert list(names(tmp_path / "missing")) == []


def test_bytes_at_random_never_cause_anything_but_a_refusal(tmp_path):
    path = tmp_path / "export"
    for magic in (b"PK\x03\x04", b"\x1f\x8b", b"\xfd7zXZ\0", b"\0" * 257 + b"ustar\0"):
        for _ in range(20):
            path.write_bytes(magic + os.urandom(600))
            list(names(path))
            with pytest.raises(CrosstieError):
                contents(path)
