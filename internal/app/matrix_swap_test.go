package app_test

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

// Rows with every id that a body or a query can name, for swapping. Each is in
// order as it stands, so that a refusal is never a typo.
var naming = []row{
	{op: "openThread", who: readers, ok: 201, body: func(s *scene, p *person) any {
		file := s.uploaded(p, "a.txt", "text/plain")
		return obj{"space": s.space, "title": "T", "markdown": "M", "files": []string{file}, "asks": []any{fullAsk(s, p)}}
	}},
	{op: "post", who: readers, ok: 201, body: func(s *scene, p *person) any {
		return obj{"markdown": "M", "files": []string{s.uploaded(p, "a.txt", "text/plain")}, "asks": []any{fullAsk(s, p)}}
	}},
	{op: "post", who: addressee, ok: 201, body: func(s *scene, _ *person) any {
		return obj{"markdown": "M", "answers": []string{s.id("ask")}}
	}},
	{op: "ask", who: readers, ok: 201, body: func(s *scene, p *person) any {
		ask := fullAsk(s, p)
		ask["post"] = s.id("post")
		return ask
	}},
	{op: "forecast", who: readers, ok: 200, body: func(s *scene, _ *person) any {
		return obj{"to": obj{"people": []string{s.insider.id}, "teams": []string{s.id("team")}}, "space": s.space}
	}},
	{op: "releaseAsk", who: writer, ok: 201, unnamed: 409, body: func(s *scene, _ *person) any { return obj{"people": []string{s.insider.id}} }},
	{op: "snooze", who: ownOnly, ok: 200, body: func(s *scene, _ *person) any { return obj{"on_reply_by": s.author.id} }},
	{op: "invite", who: readers, ok: 201, body: func(s *scene, _ *person) any { return obj{"role": "guest", "spaces": []string{s.space}} }},
	{op: "addAbsence", who: signedIn, ok: 201, body: func(s *scene, _ *person) any {
		return obj{"from": "2028-02-03", "to": "2028-02-04", "stand_in": s.id("person")}
	}},
	{op: "changeAbsence", who: ownOnly, ok: 200, body: func(s *scene, _ *person) any { return obj{"stand_in": s.id("person")} }},
	{op: "makeTeam", who: notGuests, ok: 201, body: func(s *scene, p *person) any {
		made := freshName("Squad")(s, p).(obj)
		made["members"] = []string{s.insider.id}
		return made
	}},
	{op: "openSpace", who: notGuests, ok: 201, body: func(s *scene, p *person) any {
		made := freshName("Den")(s, p).(obj)
		made["members"] = []string{s.insider.id}
		return made
	}},
	{op: "changeThread", who: leads, ok: 200, body: func(s *scene, _ *person) any { return obj{"space": s.space} }},
	{op: "openBaton", who: readers, ok: 201, body: func(s *scene, _ *person) any {
		return obj{"thread": s.id("thread"), "title": "T", "stands": "S", "chain": s.id("chain")}
	}},
	{op: "listBatons", who: readers, ok: 200, query: func(s *scene) string { return "space=" + s.space + "&after=" + s.id("baton") }},
	{op: "listBatons", who: readers, ok: 200, query: func(s *scene) string { return "thread=" + s.id("thread") }},
	{op: "listChains", who: readers, ok: 200, query: func(s *scene) string { return "space=" + s.space + "&after=" + s.id("chain") }},
	{op: "makeChain", who: readers, ok: 201, body: func(s *scene, _ *person) any { return obj{"name": "C", "steps": []any{obj{"team": s.id("team")}}} }},
	{op: "batonWays", who: readers, ok: 200, query: func(s *scene) string { return "person=" + s.insider.id }},
	{op: "overlap", who: colleagues, ok: 200, query: func(s *scene) string { return "team=" + s.id("team") }},
	{op: "makeFeed", who: colleagues, ok: 201, body: func(s *scene, _ *person) any { return obj{"kind": "team", "team": s.id("team")} }},
	{op: "listPeople", who: colleagues, ok: 200, query: func(s *scene) string { return "team=" + s.id("team") }},
	{op: "listPeople", who: colleagues, ok: 200, query: func(s *scene) string { return "after=" + s.insider.id }},
	{op: "listTeams", who: colleagues, ok: 200, query: func(s *scene) string { return "after=" + s.id("team") }},
}

// fullAsk names people, a team, and whom silence goes to.
func fullAsk(s *scene, p *person) obj {
	ask := s.asking(toAnother(s, p))
	ask["to"] = obj{"people": []string{toAnother(s, p)}, "teams": []string{s.id("team")}}
	ask["silence"] = obj{"then": "escalate", "to": s.author.id}
	if p == s.author {
		ask["silence"] = obj{"then": "escalate", "to": s.insider.id}
	}
	return ask
}

var oneID = regexp.MustCompile(`\b[a-z]+_[0-7][0-9a-z]{25}\b`)

// strange is what may stand in the place of an id and names nothing there.
func (st *stage) strange(p *person, was string) []string {
	kind, rest, _ := strings.Cut(was, "_")
	out := []string{
		"x", kind, kind + "_", kind + "_" + strings.Repeat("0", 26), kind + "_" + strings.Repeat("z", 26), strings.ToUpper(was), was + "0",
		" " + was, "' OR 1=1 --", "\x00", kind + "_\u2460", strings.Repeat("a", 3000), "other_" + rest,
		id.Encode(kind, id.New(st.clock.Now())), // nothing has it
	}
	if !reads(p.role, true) {
		out = append(out, st.closed.space)
		for _, private := range []string{"thread", "post", "ask", "file"} {
			out = append(out, st.closed.id(private))
		}
	}
	for _, other := range []string{st.elsewhere.space, st.elsewhere.id("thread"), st.elsewhere.id("post"), st.elsewhere.id("file"), st.who[stranger].id} {
		_, bare, _ := strings.Cut(other, "_")
		out = append(out, other, kind+"_"+bare) // another kind's, in its own clothes and in this kind's
	}
	return out
}

// Ids that name another kind's thing, another workspace's, a private one from
// outside, or nothing at all, end in "not found", wherever they stand.
func TestSwappedIDsNameNothing(t *testing.T) {
	testkit.NotRaced(t)
	houses(t, func(t *testing.T, h *house) {
		st := newStage(h)
		for _, r := range append(append([]row{}, naming...), matrix...) {
			p := st.allowed(r)
			if p == nil || r.public && r.op != "getInvitation" {
				continue
			}
			st.open.renew()
			st.swapPath(t, r, p)
			st.swapRest(t, r, p)
		}
	})
}

// allowed picks somebody who may do a row's operation in the public space, and if
// possible cannot read the private one.
func (st *stage) allowed(r row) *person {
	for _, who := range []role{outsider, owner, insider, author} {
		if r.who(who, false) == 0 && r.ok != 0 {
			return st.who[who]
		}
	}
	return nil
}

func (st *stage) swapPath(t *testing.T, r row, p *person) {
	t.Helper()
	path := st.open.path(st.operations[r.op].Path)
	var body any
	if r.body != nil {
		body = r.body(st.open, p)
	}
	query := ""
	if r.query != nil {
		query = "?" + r.query(st.open)
	}
	for _, at := range oneID.FindAllStringIndex(path, -1) {
		for _, other := range st.strange(p, path[at[0]:at[1]]) {
			swapped := path[:at[0]] + url.PathEscape(other) + path[at[1]:]
			want := []int{404}
			if len(other) > 1000 {
				want = append(want, 422)
			}
			if swapped != path {
				st.names(t, r, p, swapped+query, body, want...)
			}
		}
	}
}

// swapRest does the same to each id in the body and in the query.
func (st *stage) swapRest(t *testing.T, r row, p *person) {
	t.Helper()
	if r.body == nil && r.query == nil {
		return
	}
	op := st.operations[r.op]
	if r.prepare != nil {
		r.prepare(st.open)
	}
	path, raw, query := st.open.path(op.Path), []byte(nil), ""
	if r.body != nil {
		raw, _ = json.Marshal(r.body(st.open, p))
	}
	if r.query != nil {
		query = r.query(st.open)
	}
	for _, at := range oneID.FindAllIndex(raw, -1) {
		for _, other := range st.strange(p, string(raw[at[0]:at[1]])) {
			quoted, _ := json.Marshal(other)
			swapped := string(raw[:at[0]]) + string(quoted[1:len(quoted)-1]) + string(raw[at[1]:])
			if swapped != string(raw) {
				st.names(t, r, p, path, []byte(swapped), 404, 422, r.unnamed)
			}
		}
	}
	for _, at := range oneID.FindAllStringIndex(query, -1) {
		for _, other := range st.strange(p, query[at[0]:at[1]]) {
			st.names(t, r, p, path+"?"+query[:at[0]]+url.QueryEscape(other)+query[at[1]:], nil, 404, 422)
		}
	}
	if got := st.call(p, op.Method, path+"?"+query, raw, r.header); raw != nil && len(oneID.FindAll(raw, -1)) > 0 && got.status != r.ok {
		t.Errorf("%s as %s with nothing swapped: got %d, want %d, so the refusals above show nothing: %s", r.op, p.role, got.status, r.ok, cut(got.body))
	}
	st.open.renew()
}

func (st *stage) names(t *testing.T, r row, p *person, path string, body any, want ...int) {
	t.Helper()
	before := st.heads()
	got := st.call(p, st.operations[r.op].Method, path, body, r.header)
	for _, w := range want {
		if got.status == w {
			inOrder(t, r.op, got)
			st.quiet(t, r.op, p.role, got)
			if st.heads() != before {
				t.Errorf("%s as %s was refused and wrote into the log", r.op, p.role)
			}
			return
		}
	}
	t.Errorf("%s as %s: %s %.200s %.300s: got %d, want one of %v: %s", r.op, p.role, st.operations[r.op].Method, path, body, got.status, want, cut(got.body))
}
