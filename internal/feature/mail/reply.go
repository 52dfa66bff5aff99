package mail

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/mail/words"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// replied does what a reply to a mail of ours says to the line it was sent to.
func (h *handling) replied(ctx context.Context, name nameRow) error {
	if h.token.expired(h.db.Clock().Now()) {
		return h.refuse(ctx, "address_expired", "This address for replies was good for 60 days and is not any more. Open the thread in Meantime, or reply to a newer mail.")
	}
	if gone, err := h.unnamed(ctx, name); gone || err != nil {
		return err
	}
	p, err := h.writer(ctx, name)
	if err != nil || h.row.State != fresh {
		return err
	}
	h.replies = true
	line, several, err := h.line(ctx, name)
	if err != nil {
		return err
	}
	if several != "" {
		return h.refuse(ctx, "which_line", several)
	}
	r, err := h.near.Repliers.Of(line.Kind)
	if err != nil {
		return h.refuse(ctx, "no_replies", "This mail cannot be answered. Open it in Meantime.")
	}
	h.answers = line
	w, err := h.words(ctx, p)
	if err != nil {
		return h.fault(ctx, err)
	}
	return h.do(ctx, func(ctx context.Context, tx *db.Tx) error {
		did, err := r.ReplyTx(ctx, tx, p.Actor(), line.RefID, w)
		if err != nil {
			return err
		}
		h.row.RefKind, h.row.RefID, h.row.ThreadID, h.row.PostID = line.Kind, line.RefID, did.Thread, did.Post
		switch {
		case did.Left != "":
			return h.tell(ctx, tx, "left", did.Said+" "+did.Left, "")
		case did.Repeat:
			return h.tell(ctx, tx, "understood", did.Said, "")
		}
		return nil
	})
}

// writer checks that whom the address was made for also wrote the mail. A mail from
// elsewhere is held, and they are asked; the state of the row says so.
func (h *handling) writer(ctx context.Context, name nameRow) (people.Person, error) {
	p, err := h.people.Get(ctx, h.db, name.WorkspaceID, name.PersonID)
	if err != nil {
		return p, err
	}
	if !p.Active(h.db.Clock().Now()) {
		return p, h.left(ctx, p)
	}
	if h.row.Outcome == confirmed {
		return p, nil
	}
	mine, err := h.isFrom(ctx, p)
	if err != nil || mine {
		return p, err
	}
	return p, h.doubt(ctx, p)
}

// left tells somebody who belongs here no more that their mail was not taken. It goes to
// the address that was theirs and nowhere else, and only when the mail is from there:
// whoever came by a mail of theirs does not learn in this way that they left.
func (h *handling) left(ctx context.Context, p people.Person) error {
	mine, err := h.isFrom(ctx, p)
	if err != nil {
		return err
	}
	if !mine {
		return h.ignore(ctx, "the person is here no more")
	}
	h.row.PersonID = id.ID{} // they have no hours here any more to wait for
	return h.refuse(ctx, "left", "You do not belong to this workspace any more, so nothing was done with it. Ask whoever invited you, if you should.")
}

// isFrom says whether the mail names one writer and that is the person, by their
// address or another that they said is theirs.
func (h *handling) isFrom(ctx context.Context, p people.Person) (bool, error) {
	from := people.FoldEmail(h.letter.writer())
	if from == "" || from == p.Email {
		return from != "", nil
	}
	list, err := aliasesOf(ctx, h.db, p.WorkspaceID, p.ID)
	for _, x := range list {
		if x == from {
			return true, nil
		}
	}
	return false, err
}

// line finds the line that the address names; for a mail as a whole that is its only
// one, and where there are several it says how to answer each.
func (h *handling) line(ctx context.Context, name nameRow) (l lineRow, several string, err error) {
	lines, err := linesOf(ctx, h.db, name.WorkspaceID, name.MailID)
	if err != nil {
		return l, "", err
	}
	if n := int(h.token.Line); n > 0 && n <= len(lines) {
		return lines[n-1], "", nil
	}
	lines = slices.DeleteFunc(lines, func(l lineRow) bool { return l.Kind == kindFile })
	switch len(lines) {
	case 0:
		return l, "", nil
	case 1:
		return lines[0], "", nil
	}
	if several, err = h.explain(ctx, name, lines); err != nil {
		return l, "", err
	}
	return l, several, nil
}

// explain lists the lines of a mail with the address and the link of each.
func (h *handling) explain(ctx context.Context, name nameRow, lines []lineRow) (string, error) {
	p, err := h.people.Get(ctx, h.db, name.WorkspaceID, name.PersonID)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString("Your mail answers a digest of several things, and it is not clear which you mean. Reply to one of these instead:\n")
	until := h.db.Clock().Now().Add(addressFor)
	for _, l := range lines {
		r, err := h.near.Repliers.Of(l.Kind)
		if err != nil {
			continue
		}
		o, err := r.Offer(ctx, h.db, p.Actor(), l.RefID)
		if err != nil {
			continue // it is not theirs to see any more
		}
		w := h.way(h.key, h.token.Name, uint8(l.N), until, describe.Offer{})
		fmt.Fprintf(&b, "\n* %s\n  %s\n  %s\n", oneLine(firstOf(o.Text, o.Title), 160), w.address, h.link(o.Path))
	}
	return b.String(), nil
}

func firstOf(list ...string) string {
	for _, s := range list {
		if strings.TrimSpace(s) != "" {
			return s
		}
	}
	return ""
}

// words takes the mail's own words apart and keeps what is attached as files of the
// writer's. Tokens of ours that were quoted are taken out: others will read this.
func (h *handling) words(ctx context.Context, p people.Person) (describe.Words, error) {
	hours, err := h.people.Hours(ctx, h.db, p.WorkspaceID, p.ID)
	if err != nil {
		return describe.Words{}, err
	}
	text, files, err := h.enclosed(ctx, p.Actor(), redact(h.letter.Said))
	if err != nil {
		return describe.Words{}, err
	}
	return h.meaning(text, files, hours), nil
}

// meaning reads the first line in the writer's own clock.
func (s *Service) meaning(text string, files []id.ID, hours *worktime.Schedule) describe.Words {
	day := s.day(hours)
	said := words.Read(text, func(t string) bool { _, ok := day.When(t); return ok })
	w := describe.Words{Do: said.Do, Reason: said.Reason, When: said.By, To: said.To, Line: said.Line, Rest: said.Rest, Text: said.Text, Files: files}
	if at, ok := day.When(said.By); ok {
		w.At = clock.At(at)
	}
	return w
}

// day is now and when work ends, in somebody's own clock.
func (s *Service) day(hours *worktime.Schedule) words.Day {
	now := s.db.Clock().Now().Time()
	zone := hours.Zone(now)
	return words.Day{Now: now.In(zone), Ends: func(y int, m time.Month, d int) (end time.Time, ok bool) {
		from := time.Date(y, m, d, 0, 0, 0, 0, zone)
		for _, r := range hours.Ranges(from, from.AddDate(0, 0, 1)) {
			end, ok = r.To, true
		}
		return end, ok
	}}
}

// enclosed keeps the attachments and lets the text show the pictures among them.
func (h *handling) enclosed(ctx context.Context, a actor.Actor, text string) (string, []id.ID, error) {
	var files []id.ID
	for i, x := range h.letter.Attachments {
		if i == spaces.MaxFiles {
			text += fmt.Sprintf("\n\n(%d more attachments are in the original mail.)", len(h.letter.Attachments)-i)
			break
		}
		f, err := h.near.Spaces.BeginUpload(ctx, a, x.Name, x.Type, int64(len(x.Content)))
		if err == nil && !f.Done() {
			f, err = h.near.Spaces.Receive(ctx, a, f.ID, 0, bytes.NewReader(x.Content))
		}
		if err != nil {
			return "", nil, err
		}
		files = append(files, f.ID)
		if x.ContentID != "" {
			text = strings.ReplaceAll(text, "(cid:"+x.ContentID+")", "(/api/v1/files/"+id.Encode("file", f.ID)+"/content)")
		}
	}
	return text, files, nil
}
