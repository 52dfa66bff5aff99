package main

import (
	"fmt"
	"strings"
	"testing"
)

func TestReports(t *testing.T) {
	cases := []struct {
		name, kind, report string
		want               counts
	}{
		{"passes and a skip", "go", `{"Action":"pass","Package":"p","Test":"TestA"}
{"Action":"skip","Package":"p","Test":"TestB"}
{"Action":"pass","Package":"p"}`, counts{1, 0, 1}},
		{"subtests stand for their parent", "go", `{"Action":"fail","Package":"p","Test":"TestA/x"}
{"Action":"pass","Package":"p","Test":"TestA/y"}
{"Action":"fail","Package":"p","Test":"TestA"}
{"Action":"fail","Package":"p"}`, counts{1, 1, 0}},
		{"a parent that fails by itself", "go", `{"Action":"pass","Package":"p","Test":"TestA/x"}
{"Action":"fail","Package":"p","Test":"TestA"}
{"Action":"fail","Package":"p"}`, counts{1, 1, 0}},
		{"a package that does not build", "go", `{"Action":"build-output","ImportPath":"p","Output":"no\n"}
{"Action":"fail","Package":"p"}`, counts{0, 1, 0}},
		{"a package without tests", "go", `{"Action":"skip","Package":"p"}`, counts{}},
		{"static checks", "checks", "pass gofmt\nfail lint\n", counts{1, 1, 0}},
		{"vitest", "vitest", `{"numPassedTests":3,"numFailedTests":1,"numPendingTests":1,"numTodoTests":1}`, counts{3, 1, 2}},
		{"a vitest file that does not load", "vitest", `{"numPassedTests":3,"testResults":[{"status":"failed","assertionResults":[]}]}`, counts{3, 1, 0}},
		{"playwright", "playwright", `{"stats":{"expected":2,"unexpected":1,"flaky":1,"skipped":1}}`, counts{3, 1, 1}},
		{"playwright without a server", "playwright", `{"stats":{},"errors":[{"message":"no server"}]}`, counts{0, 1, 0}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := readers[c.kind]([]byte(c.report))
			if err != nil {
				t.Fatal(err)
			}
			if got.counts != c.want {
				t.Errorf("counted %v, want %v", got.counts, c.want)
			}
		})
	}
}

func TestEachFailureIsToldAgain(t *testing.T) {
	cases := []struct{ kind, report, want string }{
		{"go", `{"Action":"output","Package":"p","Test":"TestA","Output":"    a_test.go:3: got 1, want 2\n"}
{"Action":"output","Package":"p","Test":"TestA","Output":"--- FAIL: TestA (0.00s)\n"}
{"Action":"fail","Package":"p","Test":"TestA"}
{"Action":"fail","Package":"p"}`, "p TestA: a_test.go:3: got 1, want 2"},
		{"checks", "pass gofmt\nfail lint\n", "check: lint"},
		{"vitest", `{"numFailedTests":1,"testResults":[{"status":"failed","assertionResults":[
{"fullName":"adds","status":"failed","failureMessages":["expected 1\nto be 2"]}]}]}`, "adds: expected 1 to be 2"},
		{"playwright", `{"stats":{"unexpected":1},"suites":[{"suites":[{"specs":[{"title":"one signs in","file":"a.e2e.ts","line":7,
"tests":[{"results":[{"errors":[{"message":"\u001b[31mno button\u001b[39m"}]}]}]}]}]}]}`, "a.e2e.ts:7 one signs in: no button"},
	}
	for _, c := range cases {
		got, err := readers[c.kind]([]byte(c.report))
		if err != nil || len(got.why) != 1 || got.why[0] != c.want {
			t.Errorf("%s told %q (%v), want %q", c.kind, got.why, err, c.want)
		}
	}
}

func TestWhatPassedWhenTriedAgainIsTold(t *testing.T) {
	spec := `{"title":"one signs in","file":"a.e2e.ts","line":7,"ok":true,"tests":[{"status":"flaky",
"results":[{"errors":[{"message":"no button"}]},{"errors":[]}]}]}`
	few, err := readPlaywright([]byte(`{"stats":{"expected":2,"flaky":1},"suites":[{"specs":[` + spec + `]}]}`))
	if err != nil || few.counts != (counts{3, 0, 0}) || len(few.again) != 1 || few.again[0] != "a.e2e.ts:7 one signs in: no button" {
		t.Errorf("one: got %+v (%v)", few, err)
	}
	many := strings.TrimSuffix(strings.Repeat(spec+",", mostAgain+1), ",")
	got, err := readPlaywright(fmt.Appendf(nil, `{"stats":{"expected":2,"flaky":%d},"suites":[{"specs":[%s]}]}`, mostAgain+1, many))
	if err != nil || got.counts != (counts{2, mostAgain + 1, 0}) || len(got.why) != mostAgain+1 {
		t.Errorf("too many: got %+v (%v)", got, err)
	}
}

func TestOnlyWhatMayBeAnAccidentIsTriedAgain(t *testing.T) {
	fail := func(pkg string, tests int) (text string) {
		for i := range tests {
			text += fmt.Sprintf(`{"Action":"fail","Package":%q,"Test":"Test%d"}`+"\n", pkg, i)
		}
		return text + fmt.Sprintf(`{"Action":"fail","Package":%q}`+"\n", pkg)
	}
	race := `{"Action":"output","Package":"p","Test":"Test0","Output":"WARNING: DATA RACE\n"}` + "\n"
	cases := []struct{ name, report, want string }{
		{"one of two packages", fail("p", 1) + `{"Action":"pass","Package":"q"}` + "\n", "p"},
		{"two packages", fail("q", 1) + fail("p", 2), "p q"},
		{"a package that ended before its tests", fail("p", 0), "p"},
		{"much", fail("p", mostAgain+1), ""},
		{"a race", race + fail("p", 1), ""},
		{"nothing", `{"Action":"pass","Package":"p"}` + "\n", ""},
	}
	for _, c := range cases {
		r := newRun()
		if err := lines(strings.NewReader(c.report), r.see); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(r.worthAnother(), " "); got != c.want {
			t.Errorf("%s: tries %q again, want %q", c.name, got, c.want)
		}
	}
	pass := `{"Action":"pass","Package":"p","Test":"Test0"}` + "\n" + `{"Action":"pass","Package":"p"}` + "\n"
	said := `{"Action":"output","Package":"p","Test":"Test0","Output":"a_test.go:3: got 1\n"}` + "\n"
	got, err := readGo([]byte(said + fail("p", 1) + pass))
	if err != nil || got.counts != (counts{1, 0, 0}) || len(got.why) != 0 || len(got.again) != 1 || got.again[0] != "p Test0: a_test.go:3: got 1" {
		t.Errorf("a second try that passed: %+v (%v)", got, err)
	}
	got, err = readGo([]byte(fail("p", 1) + fail("p", 1)))
	if err != nil || got.counts != (counts{0, 1, 0}) || len(got.again) != 0 {
		t.Errorf("a second try that failed: %+v (%v)", got, err)
	}
}

func TestSuites(t *testing.T) {
	cases := []struct{ name, suite string }{
		{"no report", "go:0:/nowhere/at/all"},
		{"an empty report", "go:0:/dev/null"},
		{"a runner that fails without a word", "vitest:1:testdata/vitest-passed.json"},
		{"an unknown kind", "jest:0:/dev/null"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := count(c.suite); got.failed != 1 {
				t.Errorf("counted %v, want one failure", got)
			}
		})
	}
}

func TestWatchShowsWhatFailed(t *testing.T) {
	in := `{"Action":"output","Package":"p","Test":"TestA","Output":"    a_test.go:3: got 1, want 2\n"}
{"Action":"fail","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Test":"TestB","Output":"    b_test.go:9: set MEANTIME_CORPUS\n"}
{"Action":"skip","Package":"p","Test":"TestB"}
{"Action":"output","Package":"p","Test":"TestC","Output":"quiet\n"}
{"Action":"pass","Package":"p","Test":"TestC"}
{"Action":"fail","Package":"p","Elapsed":1.5}
`
	var out strings.Builder
	watch(strings.NewReader(in), &out)
	for _, want := range []string{"got 1, want 2", "FAIL  p", "FAILED p TestA: a_test.go:3", "left out 1 in p: set MEANTIME_CORPUS"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("printed %q, want %q in it", out.String(), want)
		}
	}
	if strings.Contains(out.String(), "quiet") {
		t.Errorf("printed %q, want nothing of the test that passed", out.String())
	}
}
