"""Owns what must survive: kills while writing, damaged files, full and read-only disks."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from feeds.catalog import Catalog, CatalogNotWritableError, CatalogWatcher
from feeds.web.lookup import Lookup

WRITER = """
import sys
from pathlib import Path

sys.path.insert(0, {tests!r})
import sample_site

number = 0
while True:
    number += 1
    sample_site.publish(Path({path!r}), note=str(number))
    print(number, flush=True)
"""


@pytest.mark.parametrize("seed", range(6))
def test_kill_while_writing_leaves_a_whole_catalog(tmp_path: Path, sample: ModuleType, seed: int) -> None:
    path = tmp_path / "catalog"
    code = WRITER.format(tests=str(Path(sample.__file__ or "").parent), path=str(path))
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as writer:  # noqa: S603
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(random.Random(seed).uniform(0.0, 0.2))  # noqa: S311 - any moment will do
        writer.send_signal(signal.SIGKILL)
        writer.wait(10)
    catalog = Catalog.open(path)
    notes = {
        catalog.feed(address).body.split(b"X-NOTE:")[1].split(b"\r\n")[0] for address in catalog.addresses()
    }
    assert notes == {catalog.meta.digest.removeprefix("input-").encode()}
    # The next writer is not held up by what the killed one left, and clears it away.
    sample.publish(path, note="after")
    assert Catalog.open(path).meta.digest == "input-after"
    assert [file.name for file in tmp_path.iterdir()] == ["catalog"]


@pytest.mark.parametrize("damage", ["garbage", "empty", "half", "directory"])
def test_damaged_catalog_keeps_the_last_good_feed(tmp_path: Path, sample: ModuleType, damage: str) -> None:
    path, new = tmp_path / "catalog", tmp_path / "new"
    sample.publish(path, note="good")
    lookup = Lookup(CatalogWatcher(path, interval=0))
    good = lookup("GET", "/all.ics", {})
    data = path.read_bytes()
    if damage == "directory":
        path.unlink()
        path.mkdir()
    else:
        new.write_bytes({"garbage": os.urandom(50_000), "empty": b"", "half": data[: len(data) // 2]}[damage])
        new.replace(path)
    assert lookup("GET", "/all.ics", {}) == good
    assert lookup.watcher.problem is not None


def test_feed_damaged_on_disk_is_waited_for_not_forgotten(tmp_path: Path, sample: ModuleType) -> None:
    path = tmp_path / "catalog"
    sample.publish(path)
    (one,) = [f for f in sample.feeds(sample.schedule()) if f.address == "/speakers/mei-tanaka.ics"]
    data = path.read_bytes()
    head = one.calendar.head
    at = data.index(head)
    path.write_bytes(data[:at] + bytes(len(head)) + data[at + len(head) :])
    answer = Lookup(CatalogWatcher(path))("GET", "/speakers/mei-tanaka.ics", {})
    assert answer is not None
    assert (answer.status, dict(answer.headers)["Retry-After"]) == (503, "10")


def test_unwritable_directory_is_told_and_leaves_the_last_catalog(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, sample: ModuleType
) -> None:
    path = tmp_path / "catalog"
    sample.publish(path, note="before")
    warm = tmp_path_factory.mktemp("warm") / "catalog"
    # Root may write anywhere, so it becomes nobody; by then everything must have been imported.
    code = (
        "import os, sys; from pathlib import Path; sys.path.insert(0, sys.argv[2]); import sample_site\n"
        "from feeds.catalog import Catalog, CatalogNotWritableError\n"
        "path = Path(sys.argv[1])\n"
        "sample_site.publish(Path(sys.argv[3])); Catalog.open(path).schedule\n"
        "if os.geteuid() == 0: os.seteuid(65534)\n"
        "try: sample_site.publish(path, note='after')\n"
        "except CatalogNotWritableError as error: print(error)\n"
        "print(Catalog.open(path).meta.digest)"
    )
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(folder.stat().st_mode | 0o055)
    tmp_path.chmod(0o555)
    command = [sys.executable, "-c", code, str(path), str(Path(sample.__file__ or "").parent), str(warm)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()  # noqa: S603
    tmp_path.chmod(0o755)
    assert told[0].startswith(f"cannot write the catalog `{path}`: ")
    assert told[1:] == ["input-before"]


def test_file_in_place_of_the_directory_is_told(tmp_path: Path, sample: ModuleType) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CatalogNotWritableError, match="cannot write the catalog"):
        sample.publish(tmp_path / "file" / "catalog")


def test_full_disk_is_told_and_leaves_the_last_catalog(tmp_path: Path, sample: ModuleType) -> None:
    path = tmp_path / "catalog"
    sample.publish(path, note="before")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, hard))
    try:
        with pytest.raises(CatalogNotWritableError, match="cannot write the catalog"):
            sample.publish(path, note="after")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
    assert Catalog.open(path).meta.digest == "input-before"
    assert [file.name for file in tmp_path.iterdir()] == ["catalog"]


def test_two_writers_take_turns(tmp_path: Path, sample: ModuleType) -> None:
    path = tmp_path / "catalog"
    code = WRITER.format(tests=str(Path(sample.__file__ or "").parent), path=str(path))
    writers = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) for _ in range(2)]  # noqa: S603
    try:
        for writer in writers:
            assert writer.stdout is not None
            for _ in range(5):
                assert writer.stdout.readline()
                catalog = Catalog.open(path)
                assert catalog.feed("/all.ics") is not None
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
