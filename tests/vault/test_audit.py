"""Readings on record: the chain is whole, or its first fault is named."""

from collections.abc import Callable

import pytest

from leeside.vault import store
from leeside.vault.reading import rows_of
from leeside.vault.writing import writing
from vault.invented import NOW, add_line


def chained(line_id: bytes, batches: int = 3, each: int = 4) -> list[store.AuditHeadRow]:
    """A chain of some links; its heads."""
    heads = []
    for batch in range(batches):
        for number in range(each):
            store.record_reading(line_id, f"sealed {batch} {number}".encode())
        assert store.chain_audit(NOW) == each
        heads.append(store.audit_head(line_id))
    return heads


def test_readings_are_chained_once_and_the_chain_holds(line_id: bytes) -> None:
    assert store.audit_head(line_id) == store.NO_HEAD
    heads = chained(line_id)
    assert store.chain_audit(NOW) == 0
    assert [(head.number, head.count) for head in heads] == [(1, 4), (2, 8), (3, 12)]
    store.record_reading(line_id, b"waits")
    assert store.verify_chain(line_id, heads) == store.ChainReport(heads[-1], 1)
    assert {row.sealed for row in store.fetch_audit(line_id, 2)} == {f"sealed 1 {n}".encode() for n in range(4)}
    assert [row.sealed for row in store.fetch_audit(line_id, 0)] == [b"waits"]


def test_each_line_has_a_chain_of_its_own(line_id: bytes) -> None:
    other = add_line("other")
    chained(line_id)
    assert store.verify_chain(other).head == store.NO_HEAD
    chained(other, 1)
    assert store.audit_head(other).count == 4
    assert store.verify_chain(line_id).head.count == 12


def sql(statement: str) -> Callable[[bytes], None]:
    def run(line_id: bytes) -> None:
        with writing("default") as cursor:
            cursor.execute(statement.replace("LINE", "%s"), [line_id] * statement.count("LINE"))
            assert cursor.rowcount

    return run


ENTRY = "(SELECT id FROM leeside_audit_entry WHERE line_id = LINE AND batch = 2 ORDER BY id LIMIT 1)"
ATTACKS = {
    "one reading altered": (f"UPDATE leeside_audit_entry SET sealed = LINE WHERE id = {ENTRY}", 2),
    "one reading taken out": (f"DELETE FROM leeside_audit_entry WHERE id = {ENTRY}", 2),
    "one reading moved to another link": (f"UPDATE leeside_audit_entry SET batch = 3 WHERE id = {ENTRY}", 2),
    "one reading back among those that wait": (f"UPDATE leeside_audit_entry SET batch = 0 WHERE id = {ENTRY}", 2),
    "one reading beyond the end": (
        "INSERT INTO leeside_audit_entry (id, line_id, batch, sealed) VALUES (LINE, LINE, 4, LINE)",
        4,
    ),
    "one reading slipped in": (
        "INSERT INTO leeside_audit_entry (id, line_id, batch, sealed) VALUES (LINE, LINE, 1, LINE)",
        1,
    ),
    "a link taken out": ("DELETE FROM leeside_audit_head WHERE line_id = LINE AND number = 2", 3),
    "a link's head altered": ("UPDATE leeside_audit_head SET head = LINE WHERE line_id = LINE AND number = 2", 2),
    "a link's count altered": (
        "UPDATE leeside_audit_head SET entries = entries - 1 WHERE line_id = LINE AND number = 2",
        2,
    ),
    "the last link cut off, its readings left": (
        "DELETE FROM leeside_audit_head WHERE line_id = LINE AND number = 3",
        3,
    ),
}


@pytest.mark.promise(9, "readings edited, taken out, moved, added", times=len(ATTACKS))
@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_every_change_is_seen_at_its_link(line_id: bytes, name: str) -> None:
    chained(line_id)
    statement, link = ATTACKS[name]
    sql(statement)(line_id)
    with pytest.raises(store.ChainBrokenError) as broken:
        store.verify_chain(line_id)
    assert broken.value.link == link


@pytest.mark.promise(9, "the end cut off cleanly, or the whole chain made anew", times=2)
def test_shortening_is_seen_by_whoever_holds_a_head(line_id: bytes) -> None:
    heads = chained(line_id)
    for table, column in (("audit_head", "number"), ("audit_entry", "batch")):
        sql(f"DELETE FROM leeside_{table} WHERE line_id = LINE AND {column} >= 3")(line_id)
    assert store.verify_chain(line_id, heads[:2]).head == heads[1]
    with pytest.raises(store.ChainBrokenError) as broken:
        store.verify_chain(line_id, heads)
    assert broken.value.link == 3
    with writing("default") as cursor:
        cursor.execute("UPDATE leeside_audit_entry SET batch = 0, sealed = %s", [b"forged"])
        cursor.execute("DELETE FROM leeside_audit_head")
    store.chain_audit(NOW)
    assert store.verify_chain(line_id)
    with pytest.raises(store.ChainBrokenError):
        store.verify_chain(line_id, heads[:1])


def test_a_chaining_that_is_cut_off_is_done_again_whole(line_id: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    from leeside.vault import audit

    store.record_reading(line_id, b"one")

    def lose_power(number: object) -> int:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(audit, "day_number", lose_power)
        with pytest.raises(SystemExit):
            store.chain_audit(NOW)
    assert rows_of("default", "SELECT batch FROM leeside_audit_entry") == [(0,)]
    assert store.chain_audit(NOW) == 1
    assert store.verify_chain(line_id).head.count == 1


def test_a_head_that_is_none_is_our_own_mistake(line_id: bytes) -> None:
    with pytest.raises(store.MisuseError):
        store.verify_chain(line_id, [store.AuditHeadRow(1, 1, b"short")])
