"""Grading: rows in order, equal submissions once, limits that cost only the submission that meets them, files that are continued."""

import csv
import io
import json
from concurrent.futures import Executor, Future, ThreadPoolExecutor

import pytest

from symentropy import DomainError, ParseError, grade
from symentropy.cli import main
from symentropy.homework import grading, workers
from symentropy.homework.grading import InProcess
from symentropy.homework.judging import Exercise, Judgement, judge
from symentropy.homework.workers import Workers

SUBMISSIONS = ["log p + log 2", "log p", "log(", "log(p - 2)", "7^7^7^7", " log p  + log 2 ."]
OUTCOMES = ["proved", "refuted", "unreadable", "refuted", "unreadable", "proved"]


class Counting(Executor):
    """Does tasks at once and counts them."""

    def __init__(self):
        self.tasks = []

    def submit(self, task, /, *arguments, **named):
        self.tasks.append(arguments)
        future = Future()
        future.set_result(task(*arguments, **named))
        return future


def test_rows_in_order_and_equal_submissions_once():
    executor = Counting()
    rows = list(grade(SUBMISSIONS, "log(2p)", executor=executor))
    assert [row.outcome for row in rows] == OUTCOMES
    assert [row.id for row in rows] == ["1", "2", "3", "4", "5", "6"]
    assert [row.score for row in rows] == [1, 0, 0, 0, 0, 1]
    assert rows[1].slip == "dropped-constant"
    assert "left side" in rows[1].counterexample
    assert len(executor.tasks) == 5


def test_forms_of_submissions():
    rows = list(grade([("ann", "p"), {"id": "bob", "answer": "p"}, {"answer": "q"}, "p"], "p", executor=InProcess()))
    assert [(row.id, row.outcome) for row in rows] == [("ann", "proved"), ("bob", "proved"), ("3", "refuted"), ("4", "proved")]
    with pytest.raises(DomainError, match="no text"):
        list(grade([1], "p", executor=InProcess()))
    with pytest.raises(DomainError, match="no 'answer'"):
        list(grade([{"text": "p"}], "p", executor=InProcess()))


def test_an_executor_of_the_standard_library():
    with ThreadPoolExecutor(2) as executor:
        assert [row.outcome for row in grade(SUBMISSIONS, "log(2p)", executor=executor)] == OUTCOMES


def test_an_error_of_the_instructor_is_raised_before_any_work():
    with pytest.raises(ParseError, match="expected"):
        grade(SUBMISSIONS, "log(2p")
    with pytest.raises(DomainError):
        grade(SUBMISSIONS, "p", ["p > 2", "p < 1"])


@pytest.mark.parametrize("submissions", ["log p", b"log p", {"1": "log p"}])
def test_one_text_is_no_list_of_submissions(submissions):
    with pytest.raises(TypeError, match=r"give a list of answers, \['log p'\] for a single one"):
        next(grade(submissions, "-log p", executor=InProcess()))


def test_an_executor_that_fails_costs_only_its_submission():
    class Failing(Counting):
        def submit(self, task, /, *arguments, **named):
            if arguments[0] == "log p":
                future = Future()
                future.set_exception(RuntimeError("lost"))
                return future
            return super().submit(task, *arguments, **named)

    rows = list(grade(SUBMISSIONS, "log(2p)", executor=Failing()))
    assert [row.outcome for row in rows] == ["proved", "undecided", *OUTCOMES[2:]]
    assert "lost" in rows[1].reason
    assert rows[1].score is None


def test_own_workers():
    assert [row.outcome for row in grade(SUBMISSIONS, "log(2p)", jobs=2)] == OUTCOMES


def test_a_worker_that_takes_too_long_is_killed_and_the_others_go_on():
    pool = Workers(1, 30)
    try:
        exercise = Exercise("log(2p)")
        first = pool.submit(judge, "log p", exercise).result(60)
        assert first.outcome == "refuted"
        pool.seconds = 0.0
        late = pool.submit(judge, "H([p, 1-p]) + log q", exercise).result(60)
        assert late == Judgement("undecided", reason="no verdict within 0 seconds")
        pool.seconds = 30
        assert pool.submit(judge, "log p", exercise).result(60) == first
    finally:
        pool.shutdown()
    with pytest.raises(TypeError, match="nothing but judge"):
        Workers(1, 1).submit(print, "x")


def test_memory_is_bounded():
    pool = Workers(1, 60, megabytes=2)
    try:
        exercise = Exercise("p")
        found = pool.submit(judge, "log p + " * 8000 + "p", exercise).result(120)
        assert found == Judgement("undecided", reason="the answer takes too much memory")
        assert pool.submit(judge, "p", exercise).result(120).outcome == "proved"
    finally:
        pool.shutdown()


def test_what_is_not_text_is_no_defect_of_the_worker():
    assert judge("p" * 200_000, Exercise("p")).outcome == "unreadable"
    assert judge("(" * 5000 + "p" + ")" * 5000, Exercise("p")).outcome == "unreadable"


def test_dask():
    distributed = pytest.importorskip("distributed")
    with distributed.Client(processes=False, n_workers=1, threads_per_worker=1, dashboard_address=None) as client:
        assert [row.outcome for row in grade(SUBMISSIONS, "log(2p)", executor=client.get_executor())] == OUTCOMES


@pytest.fixture
def in_process(monkeypatch):
    """Grade without worker processes, and return the answers that were judged."""
    judged = []

    class Recording(InProcess):
        def __init__(self, *_):
            pass

        def submit(self, task, /, *arguments, **named):
            judged.append(arguments[0])
            return super().submit(task, *arguments, **named)

        def shutdown(self, *_, **__):
            pass

    monkeypatch.setattr(grading, "Workers", Recording)
    return judged


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_the_command(tmp_path, capsys, in_process):
    submissions, output = tmp_path / "answers.csv", tmp_path / "results.csv"
    submissions.write_text('id,answer\nann,log p\nbob,"log p + log 2"\n', encoding="utf-8")
    command = ["grade", str(submissions), "--expected", "log(2p)", "--output", str(output)]
    assert main(command) == 0
    assert [(row["id"], row["outcome"], row["score"], row["slip"]) for row in rows_of(output)] == [
        ("ann", "refuted", "0.0", "dropped-constant"),
        ("bob", "proved", "1.0", ""),
    ]
    assert "2 submissions: 1 proved, 1 refuted" in capsys.readouterr().err
    submissions.write_text('id,answer\nann,log p\nbob,"log p + log 2"\ncid,log(\n', encoding="utf-8")
    in_process.clear()
    assert main(command) == 0
    assert in_process == ["log("]
    assert [row["id"] for row in rows_of(output)] == ["ann", "bob", "cid"]
    assert main([*command[:3], "log(3p)", *command[4:]]) == 2
    assert "another exercise" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "text"), [("a.jsonl", '{"answer": "p"}\n"q"\n'), ("a.csv", "answer\np\nq\n")])
@pytest.mark.parametrize("output", ["out.json", "out.jsonl", None])
def test_formats(tmp_path, capsys, in_process, name, text, output):
    (tmp_path / name).write_text(text, encoding="utf-8")
    more = ["--output", str(tmp_path / output)] if output else ["--format", "json"]
    for _ in range(2):
        assert main(["grade", str(tmp_path / name), "--expected", "p", *more]) == 0
        written = (tmp_path / output).read_text(encoding="utf-8") if output else capsys.readouterr().out
        records = [json.loads(line) for line in written.splitlines()] if output == "out.jsonl" else json.loads(written)
        assert [record["outcome"] for record in records] == ["proved", "refuted"]
        assert [record["id"] for record in records] == ["1", "2"]
    assert len(in_process) == (2 if output else 4)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,text\n1,p\n", "no column 'answer'"),
        ("", "no column 'answer'"),
        ("\n", "only nothing"),
        ("answer\n", ""),
        ("answer\n" + "p" * 200_000, "field"),
        ("id,answer\n1,H(P, Q)\n", "line 2 has 3 fields"),
        ('id,answer\n1,"p\n2,q\n', "quotation mark is not closed"),
    ],
)
@pytest.mark.usefixtures("in_process")
def test_bad_files(tmp_path, capsys, text, message):
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    status = main(["grade", str(tmp_path / "a.csv"), "--expected", "p"])
    assert status == (2 if message else 0)
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("data", "options", "rows"),
    [
        (b"\xef\xbb\xbfid,answer\nann,p\n", [], [("ann", "p")]),
        (b'id,answer\r\n1,"log p\r\n+ log 2"\r\n\r\n2,\r\n3\r\n', [], [("1", "log p\r\n+ log 2"), ("2", ""), ("3", "")]),
        (b"name;text\nann;p\n", ["--column", "text", "--id-column", "name"], [("ann", "p")]),
        (b"ID\t Answer \n7\tp, q\n", [], [("7", "p, q")]),
        ("answer\np·2\n".encode("latin-1"), ["--encoding", "latin-1"], [("1", "p·2")]),
        ("answer\np\n".encode("utf-16"), ["--encoding", "utf-16"], [("1", "p")]),
        (b"id,answer\n1,p\n1,q\n1,p\n", [], [("1", "p"), ("1", "q"), ("1", "p")]),
    ],
)
@pytest.mark.usefixtures("in_process")
def test_files_of_many_kinds(tmp_path, data, options, rows):
    (tmp_path / "a.csv").write_bytes(data)
    output = tmp_path / "out.jsonl"
    assert main(["grade", str(tmp_path / "a.csv"), "--expected", "p", "--output", str(output), *options]) == 0
    records = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert [(record["id"], record["answer"]) for record in records] == rows
    assert all(record["reason"] == "there is no answer" for record in records if not record["answer"])


def test_what_the_message_asks_for(tmp_path, capsys):
    (tmp_path / "a.csv").write_bytes("answer\np·2\n".encode("latin-1"))
    assert main(["grade", str(tmp_path / "a.csv"), "--expected", "p"]) == 2
    assert "--encoding" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["grade", str(tmp_path / "a.csv"), "--expected", "p", "--encoding", "klingon"])
    assert "no encoding" in capsys.readouterr().err
    (tmp_path / "b.csv").write_text("answer\np\n", encoding="utf-8")
    assert main(["grade", str(tmp_path / "b.csv"), "--expected", "p", "--output", str(tmp_path / "none" / "x.csv")]) == 2
    assert "x.csv cannot be written" in capsys.readouterr().err


def test_files_that_cannot_be_read(tmp_path, capsys):
    assert main(["grade", str(tmp_path / "none.csv"), "--expected", "p"]) == 2
    assert "cannot be read" in capsys.readouterr().err
    (tmp_path / "a.jsonl").write_text("{", encoding="utf-8")
    assert main(["grade", str(tmp_path / "a.jsonl"), "--expected", "p"]) == 2
    assert "line 1 is no JSON" in capsys.readouterr().err


def test_workers_are_limited_by_default():
    assert workers.MEGABYTES <= 1024
