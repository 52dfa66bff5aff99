package brainstorms

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// Repliers take what is said to a brainstorm by mail: ideas while they are collected,
// votes by number while it is voted, and “done”; and “done” to a task that came of one.
func (s *Service) Repliers() describe.Repliers {
	return describe.Repliers{Kind: replier{s}, TaskKind: taskReplier{s}}
}

type replier struct{ *Service }

// Offer says how the phase is answered.
func (s replier) Offer(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (describe.Offer, error) {
	at, err := s.find(ctx, q, a, x)
	if err != nil {
		return describe.Offer{}, err
	}
	o := describe.Offer{Title: at.b.Title, Text: at.b.asksFor(), Path: Path(x)}
	if at.b.Settings.V.Anonymous && !at.b.over() {
		o.NoWords = onThePage
	}
	switch m := s.may(at); {
	case at.b.over():
		o.Over = "The brainstorm has ended."
	case m.Done && !at.b.done(*at.b.taker(a.Person)):
		o.Acts = []describe.Act{{Do: describe.Done, Label: "I am done", Says: "You are done with this phase. When everybody is, the next one begins."}}
	case m.Done:
		o.Over = "You are done with this phase."
	default:
		o.Over = "Nothing is asked of you here now."
	}
	return o, nil
}

// ReplyTx takes a mail. What it says becomes no post: in the phase of collecting others
// must not read it. So it names no thread either, for a reply to the answer to go to.
func (s replier) ReplyTx(ctx context.Context, tx *db.Tx, a actor.Actor, x id.ID, w describe.Words) (did describe.Did, err error) {
	at, err := s.find(ctx, tx, a, x)
	if err != nil {
		return did, err
	}
	switch {
	case !at.mayPost || at.b.over() || at.b.Phase == Act:
		return did, fault.New(fault.Conflict, "nothing_asked", "Nothing is asked about this brainstorm any more: "+at.b.state()+" Write in its thread instead.")
	case w.Do == describe.Done || w.Do == describe.Decline:
		did.Said = "You are done with this phase."
		return did, s.doneTx(ctx, tx, at, "", true)
	case at.b.Settings.V.Anonymous:
		return did, fault.New(fault.Conflict, "anonymous", onThePage)
	case at.b.Phase == Vote:
		return s.mailedVotes(ctx, tx, at, w)
	}
	return s.mailedIdeas(ctx, tx, at, w)
}

// onThePage says why an anonymous brainstorm takes nothing that is written by mail.
const onThePage = "This brainstorm is anonymous, and mail carries your name. Write and vote on its page, or with the command line."

const mostMailed = 50 // ideas in one mail

func (s replier) mailedIdeas(ctx context.Context, tx *db.Tx, at *at, w describe.Words) (did describe.Did, err error) {
	list := readIdeas(w.Text)
	if len(list) > mostMailed {
		return did, wrongf("many_ideas", "", "That is %d ideas in one mail; write at most %d. Nothing was taken.", len(list), mostMailed)
	}
	news := make([]NewIdea, 0, len(list)+len(w.Files))
	for _, t := range list {
		news = append(news, NewIdea{Text: t})
	}
	for n, f := range w.Files {
		switch {
		case n == 0 && len(list) == 1:
			news[0].Picture = f
		default:
			news = append(news, NewIdea{Picture: f})
		}
	}
	if len(news) == 0 {
		return did, wrong("empty", "", "There is nothing in your mail but quotes. Write one idea to a line.")
	}
	for _, n := range news {
		sum := sha256.Sum256(append([]byte(n.Text), n.Picture[:]...))
		n.Key = "mail:" + hex.EncodeToString(sum[:]) // the same mail twice is the same idea
		pic, err := s.readPicture(ctx, at.a, n.Picture)
		if err != nil {
			return did, err
		}
		if _, err := s.writeTx(ctx, tx, at, n, pic); err != nil {
			return did, err
		}
	}
	did.Said = fmt.Sprintf("%d of your ideas are on the board.", len(news))
	return did, nil
}

// readIdeas takes a mail apart: each point of a list is an idea, with the lines below
// that go on with it; without a list each paragraph is one, or each line where there is
// but one paragraph.
func readIdeas(mail string) (out []string) {
	lines := strings.Split(strings.ReplaceAll(mail, "\r\n", "\n"), "\n")
	if slices.ContainsFunc(lines, func(l string) bool { _, ok := point(l); return ok }) {
		open := false
		for _, l := range lines {
			p, is := point(l)
			switch {
			case is:
				out, open = append(out, p), true
			case strings.TrimSpace(l) == "":
				open = false
			case open:
				out[len(out)-1] += " " + strings.TrimSpace(l)
			}
		}
	} else {
		var paragraphs []string
		for p := range strings.SplitSeq(strings.Join(lines, "\n"), "\n\n") {
			if p = strings.TrimSpace(p); p != "" {
				paragraphs = append(paragraphs, p)
			}
		}
		if out = paragraphs; len(paragraphs) == 1 {
			out = strings.Split(paragraphs[0], "\n")
		}
	}
	return slices.DeleteFunc(out, func(s string) bool { return strings.TrimSpace(s) == "" })
}

// point reads a point of a list: "- words", "* words", "• words", "1. words", "1) words".
func point(line string) (string, bool) {
	l := strings.TrimSpace(line)
	for _, mark := range []string{"- ", "* ", "• ", "– ", "+ "} {
		if rest, ok := strings.CutPrefix(l, mark); ok {
			return strings.TrimSpace(rest), true
		}
	}
	digits := strings.TrimLeft(l, "0123456789")
	if n := len(l) - len(digits); n == 0 || n > 3 {
		return "", false
	}
	for _, mark := range []string{". ", ") "} {
		if rest, ok := strings.CutPrefix(digits, mark); ok {
			return strings.TrimSpace(rest), true
		}
	}
	return "", false
}

func (s replier) mailedVotes(ctx context.Context, tx *db.Tx, at *at, w describe.Words) (did describe.Did, err error) {
	list, err := loadIdeas(ctx, tx, tx.Workspace, at.b.ID, 0)
	if err != nil {
		return did, err
	}
	if strings.EqualFold(strings.Trim(w.Line, " .!"), "list") {
		tx.Quiet("somebody reads the ideas by mail")
		did.Said, did.Left = "These are the ideas:", at.b.listed(list)+"\n\n"+at.b.howTo()
		return did, nil
	}
	numbers, err := readVotes(w.Text, at.b.Settings.V.Vote)
	if err != nil {
		return did, fault.New(fault.Invalid, "votes", err.Error()+" "+at.b.howTo())
	}
	var votes []Mark
	byN := map[int64]Idea{}
	for _, i := range list {
		if i.stands() {
			byN[i.N] = i
		}
	}
	for _, v := range numbers {
		i, ok := byN[v.n]
		if !ok {
			return did, wrongf("no_such_number", "", "There is no idea number %d. Nothing was counted. %s", v.n, at.b.howTo())
		}
		votes = append(votes, Mark{Idea: i.ID, Value: v.value, Effort: v.effort})
	}
	if err := s.voteTx(ctx, tx, at, votes); err != nil {
		return did, err
	}
	if !at.b.done(*at.b.taker(at.a.Person)) {
		if err := s.doneTx(ctx, tx, at, "", true); err != nil {
			return did, err
		}
	}
	did.Said = "Your votes are:"
	for _, v := range votes {
		did.Left += fmt.Sprintf("\n* %s %q", said(v, at.b.Settings.V.Vote), text.Cut(named(list, v.Idea), 80))
	}
	did.Left += "\n\nSend another mail to change them, as long as the phase lasts."
	return did, nil
}

func said(m Mark, r VoteRule) string {
	if r.Method == Impact {
		return fmt.Sprintf("impact %d, effort %d for", m.Value, m.Effort)
	}
	if r.gives() {
		return fmt.Sprintf("%d for", m.Value)
	}
	return fmt.Sprintf("%+d for", m.Value)
}

func named(list []Idea, x id.ID) string {
	for _, i := range list {
		if i.ID == x {
			return strings.Join(strings.Fields(i.Text+" "+i.Link), " ")
		}
	}
	return ""
}

// listed are the ideas by number, for a mail.
func (b *Brainstorm) listed(list []Idea) string {
	slices.SortFunc(list, func(x, y Idea) int { return int(x.N - y.N) })
	var out strings.Builder
	for _, i := range list {
		if i.stands() {
			fmt.Fprintf(&out, "\n%d. %s", i.N, text.Cut(named(list, i.ID), 160))
		}
	}
	return out.String()
}

// howTo says how to vote by mail.
func (b *Brainstorm) howTo() string {
	r := b.Settings.V.Vote
	how := map[string]string{
		Like:   "Write +4 for what you like and -7 for what you do not, with the numbers of the ideas.",
		Dots:   fmt.Sprintf("You have %d dots: write the number of an idea once for each, such as 4, 4, 7; or 4: 2, 7: 1.", r.Dots),
		Points: "You have 100 points: write them behind the numbers of the ideas, such as 4: 60, 7: 40.",
		Scale:  "Write -3 to 3 behind the numbers of the ideas, such as 4: 3, 7: -2.",
		Impact: "Write impact and effort, 1 to 5 each, behind the numbers of the ideas, such as 4: 5/2, 7: 3/1.",
	}[r.Method]
	return how + " Reply “list” for the ideas with their numbers."
}

type taskReplier struct{ *Service }

func (s taskReplier) find(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (Outcome, *at, error) {
	o, ok, err := loadOutcome(ctx, q, a.Workspace, x)
	if err != nil {
		return o, nil, err
	}
	if !ok {
		return o, nil, fault.Missing("task")
	}
	at, err := s.Service.find(ctx, q, a, o.Board)
	return o, at, err
}

func (s taskReplier) Offer(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (describe.Offer, error) {
	out, at, err := s.find(ctx, q, a, x)
	if err != nil {
		return describe.Offer{}, err
	}
	o := describe.Offer{Title: at.b.Title, Text: out.Title, Path: Path(out.Board)}
	if out.DoneAt.IsZero() {
		o.Acts = []describe.Act{{Do: describe.Done, Label: "Done", Says: "You did this: " + out.Title}}
	} else {
		o.Over = "This is done."
	}
	return o, nil
}

func (s taskReplier) ReplyTx(ctx context.Context, tx *db.Tx, a actor.Actor, x id.ID, w describe.Words) (did describe.Did, err error) {
	out, at, err := s.find(ctx, tx, a, x)
	if err != nil {
		return did, err
	}
	if w.Do != describe.Done {
		return did, fault.New(fault.Conflict, "only_done", "Reply “done” when you did it. To say something about it, reply to a mail of its thread or write there.")
	}
	did.Said = "It is done."
	return did, s.didTx(ctx, tx, at, out.ID, true)
}
