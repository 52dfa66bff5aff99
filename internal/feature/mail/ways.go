package mail

import (
	"context"
	"net/url"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// ways are how a mail is answered: by reply to it, to one of its lines, or by a link.
type ways struct {
	whole  string // where a reply to the mail goes
	bounce string // where it comes back to
	lines  []way  // one for each item

	files map[id.ID]string // where each file is read
}

// fileLink is where a file is read: without signing in, or else, where a mail has too many
// things with a link, by whoever is signed in.
func (s *Service) fileLink(w ways) func(id.ID) string {
	return func(file id.ID) string {
		if link := w.files[file]; link != "" {
			return link
		}
		return s.link(contentPath(file))
	}
}

type way struct {
	address string
	acts    []actLink
	body    string // all that is asked, where the thing itself says it
	how     string // a reply is written
}

// actLink leads to a page that does one thing.
type actLink struct{ Label, Link string }

// most lines of one mail that can be answered: a token holds the number in a byte.
const mostLines = 250

// offers asks what can be done about each item, before the transaction.
func (s *Service) offers(ctx context.Context, a actor.Actor, items []Item) (map[event.Ref]describe.Offer, error) {
	out := map[event.Ref]describe.Offer{}
	for _, it := range items {
		r, err := s.near.Repliers.Of(it.Ref.Kind)
		if err != nil || it.Ref.ID.IsZero() {
			continue
		}
		o, err := r.Offer(ctx, s.db, a, it.Ref.ID)
		if fault.IsKind(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out[it.Ref] = o
	}
	return out, nil
}

// ways signs the addresses and links of a mail.
func (s *Service) ways(ctx context.Context, tx *db.Tx, k key, row outboxRow, items []Item, offers map[event.Ref]describe.Offer, files enclosures) (w ways, err error) {
	w.lines = make([]way, len(items))
	if !s.box.open() && len(offers) == 0 && len(files.of) == 0 {
		return w, nil
	}
	name, err := nameMail(ctx, tx, row.PersonID, row.ID)
	if err != nil {
		return w, err
	}
	lines, err := linesOf(ctx, tx, tx.Workspace, row.ID)
	if err != nil {
		return w, err
	}
	until := tx.Now.Add(addressFor)
	for i, it := range items {
		offer, ok := offers[it.Ref]
		if !ok {
			continue
		}
		n, ok := numberOf(lines, it.Ref)
		if !ok {
			if len(lines) >= mostLines {
				continue
			}
			n = int64(len(lines) + 1)
			l := lineRow{N: n, Kind: it.Ref.Kind, RefID: it.Ref.ID}
			if err := addLine(ctx, tx, row.ID, l); err != nil {
				return w, err
			}
			lines = append(lines, l)
		}
		w.lines[i] = s.way(k, name, uint8(n), until, offer)
	}
	if w.files, err = s.fileLinks(ctx, tx, k, row.ID, name, until, files); err != nil {
		return w, err
	}
	if s.box.open() {
		w.whole = s.box.with(k.seal(token{Name: name, Purpose: toReply, Expires: until}))
		w.bounce = s.comesBack(k, name, tx.Now)
		if len(items) == 1 && w.lines[0].address != "" {
			w.whole = w.lines[0].address
		}
	}
	return w, nil
}

// comesBack is the address to which a mail comes back that does not arrive.
func (s *Service) comesBack(k key, name uint64, now clock.Instant) string {
	return s.box.with(k.seal(token{Name: name, Purpose: toBounce, Expires: now.Add(addressFor)}))
}

// kindFile is the kind of a line that names a file. It takes no replies: its number is
// there for the link.
const kindFile = "file"

// fileLinks signs a link to each file that a mail names.
func (s *Service) fileLinks(ctx context.Context, tx *db.Tx, k key, mail id.ID, name uint64, until clock.Instant, files enclosures) (map[id.ID]string, error) {
	out := map[id.ID]string{}
	for _, list := range files.of {
		for _, f := range list {
			n, err := lineFor(ctx, tx, mail, event.Ref{Kind: kindFile, ID: f.ID})
			if err != nil {
				return nil, err
			}
			if n > 0 {
				out[f.ID] = s.origin.JoinPath(filePath(k.seal(token{Name: name, Line: uint8(n), Purpose: toFile, Expires: until}))).String()
			}
		}
	}
	return out, nil
}

func filePath(token string) string { return "/api/v1/mail/file/" + url.PathEscape(token) }

func numberOf(lines []lineRow, ref event.Ref) (int64, bool) {
	for _, l := range lines {
		if l.Kind == ref.Kind && l.RefID == ref.ID {
			return l.N, true
		}
	}
	return 0, false
}

func (s *Service) way(k key, name uint64, n uint8, until clock.Instant, offer describe.Offer) (w way) {
	w.body = offer.Body
	switch {
	case offer.NoWords != "": // an address would only be refused
		w.how = offer.NoWords
	case s.box.open():
		w.address, w.how = s.box.with(k.seal(token{Name: name, Line: n, Purpose: toReply, Expires: until})), offer.How
	}
	for _, a := range offer.Acts {
		if a.Do == describe.Say && s.box.open() {
			continue // one writes back
		}
		if arg, ok := argOf(offer, a); ok {
			w.acts = append(w.acts, actLink{oneLine(a.Label, 60), s.actLink(k.seal(token{Name: name, Line: n, Purpose: toAct, Arg: arg, Expires: until}))})
		}
	}
	return w
}

func (s *Service) actLink(token string) string {
	return s.origin.JoinPath(doPath(token)).String()
}

func doPath(token string) string { return "/api/v1/mail/do/" + url.PathEscape(token) }

// args are the acts by their number in a token; a choice has its own from firstChoice on.
var args = []describe.Do{"", describe.Yes, describe.No, describe.Done, describe.Acknowledge, describe.Decline, describe.Pass, describe.Discard}

const (
	firstChoice = 32
	inWords     = 31 // describe.Say
)

func argOf(o describe.Offer, a describe.Act) (uint8, bool) {
	if a.Do == describe.Say {
		return inWords, true
	}
	choice := 0
	for _, x := range o.Acts {
		if x.Do == describe.Choose {
			if x == a {
				return uint8(firstChoice + choice), true
			}
			choice++
		}
	}
	for i, d := range args {
		if d == a.Do && i > 0 {
			return uint8(i), true
		}
	}
	return 0, false
}

// actOf is the act that a number means for an offer; false when it is not among those
// that can be done.
func actOf(o describe.Offer, arg uint8) (describe.Act, bool) {
	for _, a := range o.Acts {
		if n, ok := argOf(o, a); ok && n == arg {
			return a, true
		}
	}
	return describe.Act{}, false
}
