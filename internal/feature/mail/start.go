package mail

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/mail/words"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// toSpace takes mail to the address of a space that everybody knows: of people who may
// write there. Since such an address proves nothing, the mail must carry a signature
// of its writer's domain, or the writer is asked.
func (h *handling) toSpace(ctx context.Context, handle string) error {
	if h.letter.Kind != Person {
		return h.ignore(ctx, "no person wrote it: "+string(h.letter.Kind))
	}
	places, err := h.near.Spaces.Anywhere(ctx, h.db, handle)
	if err != nil {
		return err
	}
	if len(places) == 0 {
		return h.ignore(ctx, "there is no such space any more")
	}
	writers, err := h.knownWriters(ctx)
	if err != nil {
		return err
	}
	var found []people.Person
	var in spaces.Place
	for _, place := range places {
		for _, p := range writers {
			if p.WorkspaceID != place.Workspace {
				continue
			}
			if err := h.near.Spaces.MayRead(ctx, h.db, p.Actor(), place.Space); err == nil {
				found, in = append(found, p), place
			}
		}
	}
	h.row.WorkspaceID = places[0].Workspace
	switch {
	case len(writers) == 0:
		return h.refuse(ctx, "not_known", "The address you wrote from is not known here. Write from the one you use in Meantime, or ask whoever invited you.")
	case len(found) == 0:
		return h.refuse(ctx, "no_such_space", "There is no space of that name that you may write in.")
	case len(found) > 1:
		return h.refuse(ctx, "several_spaces", "Several workspaces of yours have a space of that name. Use your own address of the space instead; its page in Meantime shows it.")
	}
	p := found[0]
	h.row.WorkspaceID, h.row.PersonID = p.WorkspaceID, p.ID
	if h.row.Outcome != confirmed && !h.proven(ctx) {
		return h.doubt(ctx, p)
	}
	return h.open(ctx, p, in.Space)
}

// knownWriters are the active people, in all workspaces, whose address the mail names.
func (h *handling) knownWriters(ctx context.Context) ([]people.Person, error) {
	from := people.FoldEmail(h.letter.writer())
	if from == "" {
		return nil, nil
	}
	list, err := h.near.Members(ctx, h.db, from)
	if err != nil {
		return nil, err
	}
	aliases, err := aliasesAnywhere(ctx, h.db, from)
	if err != nil {
		return nil, err
	}
	for _, a := range aliases {
		p, err := h.people.Get(ctx, h.db, a.WorkspaceID, a.PersonID)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	var out []people.Person
	for _, p := range list {
		if p.Active(h.db.Clock().Now()) {
			out = append(out, p)
		}
	}
	return out, nil
}

// started takes mail to somebody's own address of a space: the address proves that it
// came from them, if it names them as its writer.
func (h *handling) started(ctx context.Context, name nameRow) error {
	p, err := h.writer(ctx, name)
	if err != nil || h.row.State != fresh {
		return err
	}
	return h.open(ctx, p, name.SpaceID)
}

// open opens a thread with what the mail says, or posts in the one that it answers,
// and tells its writer by when answers can be in.
func (h *handling) open(ctx context.Context, p people.Person, space id.ID) error {
	thread, err := threadOfMessage(ctx, h.db, p.WorkspaceID, append(h.letter.References, h.letter.InReplyTo...))
	if err != nil {
		return err
	}
	if !thread.IsZero() {
		return h.goOn(ctx, p, thread)
	}
	title, window, kind := words.Subject(h.letter.Subject)
	said := redact(h.letter.Said)
	if w, rest, ok := words.WindowLine(said); ok {
		window, said = w, rest
	}
	text, files, err := h.enclosed(ctx, p.Actor(), strings.TrimSpace(said+"\n\n"+quoted(redact(h.letter.Passed))))
	if err != nil {
		return h.fault(ctx, err)
	}
	title = oneLine(firstOf(title, firstLine(said), "Without a subject"), spaces.MaxTitle)
	if strings.TrimSpace(text) == "" && len(files) == 0 {
		text = title
	}
	to, strangers, err := h.addressees(ctx, p)
	if err != nil {
		return err
	}
	return h.do(ctx, func(ctx context.Context, tx *db.Tx) error {
		t, err := h.near.Spaces.OpenThreadTx(ctx, tx, p.Actor(), spaces.NewThread{Space: space, Title: title})
		if err != nil {
			return err
		}
		asking := len(to) > 0 && kind != "info"
		post, err := h.near.Spaces.PostTx(ctx, tx, p.Actor(), spaces.NewPost{Thread: t.ID, Markdown: text, Files: files, Info: !asking})
		if err != nil {
			return err
		}
		h.row.RefKind, h.row.RefID, h.row.ThreadID, h.row.PostID = "space", space, t.ID, post.ID
		var ask asks.Ask
		if asking {
			if kind == "" {
				kind = string(asks.Reply)
			}
			ask, err = h.near.Asks.AskTx(ctx, tx, p.Actor(), asks.NewAsk{Thread: t.ID, Post: post.ID, Kind: asks.Kind(kind), People: to, Window: window})
			if err != nil {
				return err
			}
		}
		said, err := h.confirmation(ctx, tx, p, t, ask, strangers)
		if err != nil {
			return err
		}
		return h.tell(ctx, tx, "started", said, "")
	})
}

// mostPassed is how much of a letter that is passed on stands in the post, in characters.
const mostPassed = 20_000

// quoted is another's letter beneath the words of whoever passes it on: it is what a new
// thread is about, unlike what a reply quotes, which everybody has.
func quoted(letter string) string {
	if letter == "" {
		return ""
	}
	if r := []rune(letter); len(r) > mostPassed {
		letter = strings.TrimSpace(string(r[:mostPassed])) + " …\n\n(The rest is in the original mail.)"
	}
	var b strings.Builder
	for line := range strings.SplitSeq(letter, "\n") {
		b.WriteString(strings.TrimRight("> "+strings.TrimRight(line, "\r"), " \t") + "\n")
	}
	return strings.TrimSpace(b.String())
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return cutTo(strings.TrimSpace(strings.TrimLeft(line, "#>*- ")), 120)
}

// goOn posts in the thread that the mail answers: somebody replied to all.
func (h *handling) goOn(ctx context.Context, p people.Person, thread id.ID) error {
	w, err := h.words(ctx, p)
	if err != nil {
		return h.fault(ctx, err)
	}
	r, err := h.near.Repliers.Of("thread")
	if err != nil {
		return err
	}
	return h.do(ctx, func(ctx context.Context, tx *db.Tx) error {
		did, err := r.ReplyTx(ctx, tx, p.Actor(), thread, w)
		h.row.RefKind, h.row.RefID, h.row.ThreadID, h.row.PostID = "thread", thread, did.Thread, did.Post
		return err
	})
}

// addressees are the people of the workspace among those whom the mail went to besides
// us; strangers are the other addresses.
func (h *handling) addressees(ctx context.Context, p people.Person) (to []id.ID, strangers []string, err error) {
	var list []string
	for _, a := range append(h.letter.To, h.letter.Cc...) {
		if _, _, ours := h.box.read(a.Mail); !ours && people.FoldEmail(a.Mail) != "" {
			list = append(list, a.Mail)
		}
	}
	known, err := h.people.ByEmails(ctx, h.db, p.WorkspaceID, list)
	if err != nil {
		return nil, nil, err
	}
	seen := map[id.ID]bool{p.ID: true}
	for _, a := range list {
		q, ok := known[a]
		switch {
		case !ok || !q.Active(h.db.Clock().Now()):
			strangers = append(strangers, a)
		case !seen[q.ID]:
			seen[q.ID] = true
			to = append(to, q.ID)
		}
	}
	return to, strangers, nil
}

// confirmation says where the mail went, when each is reached, and by when answers can
// be in, in the writer's clock and in that of the others.
func (h *handling) confirmation(ctx context.Context, tx *db.Tx, p people.Person, t spaces.Thread, ask asks.Ask, strangers []string) (string, error) {
	sp, err := h.near.Spaces.Space(ctx, tx, p.Actor(), t.Space)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "“%s” is in %s now.\n", t.Title, sp.Name)
	if ask.ID.IsZero() {
		b.WriteString("It asks nobody, and is for information.\n")
	} else if err := h.forecast(ctx, tx, p, ask, &b); err != nil {
		return "", err
	}
	if len(strangers) > 0 {
		fmt.Fprintf(&b, "Not a member here, and not asked: %s.\n", oneLine(strings.Join(strangers, ", "), 300))
	}
	fmt.Fprintf(&b, "\nReply to this mail to write in the thread. A first line such as “close: what came out” ends it.\n%s\n", h.link("/threads/"+id.Encode("thr", t.ID)))
	return b.String(), nil
}

func (h *handling) forecast(ctx context.Context, tx *db.Tx, p people.Person, ask asks.Ask, b *strings.Builder) error {
	var all []id.ID
	for _, o := range ask.Owed {
		all = append(all, o.PersonID)
	}
	hours, err := h.people.HoursOf(ctx, tx, p.WorkspaceID, append(all, p.ID))
	if err != nil {
		return err
	}
	who, err := h.people.ByIDs(ctx, tx, p.WorkspaceID, all)
	if err != nil {
		return err
	}
	_, away, err := h.near.Asks.AwayOf(ctx, tx, p.Actor(), ask.ID)
	if err != nil {
		return err
	}
	mine := hours[p.ID]
	for _, o := range ask.Owed {
		if o.Reach.IsZero() {
			fmt.Fprintf(b, "%s cannot be reached for a long time.\n", who[o.PersonID].Name)
			continue
		}
		fmt.Fprintf(b, "%s is reached %s (%s there)", who[o.PersonID].Name, asks.Local(mine, tx.Now, o.Reach), asks.Local(hours[o.PersonID], tx.Now, o.Reach))
		if !o.Due.IsZero() {
			fmt.Fprintf(b, " and can have answered by %s (%s there)", asks.Local(mine, tx.Now, o.Due), asks.Local(hours[o.PersonID], tx.Now, o.Due))
		}
		b.WriteString(".\n")
		if err := h.isAway(ctx, tx, ask, o.PersonID, away, b); err != nil {
			return err
		}
	}
	if len(ask.Owed) > 1 && !ask.LastDue.IsZero() {
		fmt.Fprintf(b, "All can have answered by %s, your time.\n", asks.Local(mine, tx.Now, ask.LastDue))
	}
	return nil
}

// isAway says of somebody who was asked that they are away before their due, when they are
// back, and who can be asked instead.
func (h *handling) isAway(ctx context.Context, q db.Queryer, ask asks.Ask, person id.ID, list []asks.Away, b *strings.Builder) error {
	at := slices.IndexFunc(list, func(x asks.Away) bool { return x.Absence.Person == person })
	if at < 0 {
		return nil
	}
	x := list[at]
	b.WriteString("  They are away")
	if x.Back != "" {
		b.WriteString(", and back on " + x.Back)
	}
	who, err := h.people.ByIDs(ctx, q, ask.WorkspaceID, []id.ID{x.Absence.StandIn})
	if err != nil {
		return err
	}
	if to, ok := who[x.Absence.StandIn]; ok {
		b.WriteString("; " + to.Name + " stands in")
		if x.May {
			fmt.Fprintf(b, ". To ask them instead: %s", h.link("/instead/"+id.Encode("ask", ask.ID)+"/"+id.Encode("per", person)))
			b.WriteString("\n")
			return nil
		}
	}
	b.WriteString(".\n")
	return nil
}
