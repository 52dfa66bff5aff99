// Package sealed makes anonymous ballots anonymous: it keeps them so that nobody
// who holds the database, its log or its backups can say whose is whose.
//
// Each decision has a box, and each box a key that lives outside the database and
// its backups. Ballots lie in pages, each sealed as a whole and written anew with
// every ballot. A voter holds a secret that the server forgets; only with it can
// their ballot be found and replaced, and their receipt be shown. At the end the
// box is opened at once, what was in it is listed in an order that says nothing,
// and the key and all that was sealed with it are destroyed.
//
// Who has voted is not known here: decisions keeps that, apart.
package sealed

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/keys"
)

// Fewest is how many ballots a box must hold to be opened.
const Fewest = 5

// State is how far a box has come.
type State string

// The states of a box.
const (
	Open   State = "open"   // it takes ballots
	Opened State = "opened" // it was opened: ballots and codes can be read
	Few    State = "few"    // it held fewer than Fewest and was destroyed unopened
	Lost   State = "lost"   // it could not be opened, and was given up
)

// Box is what may be known of a box at any time.
type Box struct {
	State       State
	Pages       int
	Places      int // ballots for which a page has room from the start
	BallotBytes int // the longest ballot; all take as much room
}

// Boxes keeps the boxes of all decisions.
type Boxes struct {
	db   *db.DB
	keys keys.Folder
}

// New keeps the keys of boxes in a folder, which is made with the first of them. All
// nodes of an installation share it; backups leave it out.
func New(d *db.DB, folder string) *Boxes { return &Boxes{db: d, keys: keys.In(folder, "ballot")} }

const (
	mostBytes  = 64 << 10 // of a ballot
	perPage    = 24       // ballots that are expected in a page
	roundBytes = 256
)

// Spec says how large a box is made. More voters than foreseen find room too.
type Spec struct {
	Voters      int // who may vote, as far as is known
	BallotBytes int // the longest ballot that there can be
}

func (s Spec) box() Box {
	voters := max(s.Voters, Fewest)
	pages := (voters + perPage - 1) / perPage
	return Box{
		State: Open, Pages: pages, Places: step(voters * 3 / 2 / pages),
		BallotBytes: min(mostBytes, (max(s.BallotBytes, 1)+roundBytes-1)/roundBytes*roundBytes),
	}
}

// MakeTx makes the box of a decision and its key, which is on the disk before the
// box can be. A box that is there already is left alone.
func (b *Boxes) MakeTx(ctx context.Context, tx *db.Tx, box id.ID, s Spec) error {
	_, there, err := findBox(ctx, tx, tx.Workspace, box)
	if err != nil || there {
		return err
	}
	secret, err := b.keys.Create(box)
	if err != nil {
		return err
	}
	k, made := key(secret), s.box()
	if err := insertBox(ctx, tx, box, made); err != nil {
		return err
	}
	for n := range made.Pages {
		p := page{size: made.BallotBytes, places: made.Places}
		sealed, err := k.seal(box, n, p.bytes())
		if err != nil {
			return err
		}
		if err := insertPage(ctx, tx, box, n, sealed); err != nil {
			return err
		}
	}
	return nil
}

// Find says how far a box has come; ok is false when there is none.
func (b *Boxes) Find(ctx context.Context, q db.Queryer, workspace, box id.ID) (Box, bool, error) {
	return findBox(ctx, q, workspace, box)
}

// HasKey says whether this server holds the key of a box.
func (b *Boxes) HasKey(box id.ID) bool {
	_, err := b.keys.Read(box)
	return err == nil
}

// Missing counts the open boxes whose key this server does not hold.
func (b *Boxes) Missing(ctx context.Context) (open, missing int, err error) {
	list, err := openBoxes(ctx, b.db)
	for _, box := range list {
		if !b.HasKey(box) {
			missing++
		}
	}
	return len(list), missing, err
}

// Code is what stands in the published list for a ballot that was cast with a
// secret: the first twenty digits of the SHA-256 of "meantime receipt", the name of
// the decision and the secret, with a space between them.
func Code(box id.ID, secret string) string {
	sum := sha256.Sum256([]byte("meantime receipt " + id.Encode("dec", box) + " " + secret))
	return hex.EncodeToString(sum[:codeBytes])
}

// mark is by which a ballot is found again: by its voter, and with its secret alone.
func mark(box, person id.ID, secret string) [markBytes]byte {
	text := append([]byte("meantime ballot "), box[:]...)
	return sha256.Sum256(append(append(text, person[:]...), secret...))
}

// noKey is what people are told when the key of a box is not there.
func noKey() error {
	return fault.New(fault.Unavailable, "ballot_key_missing", "The key of this ballot cannot be found on this server, so nobody can vote in it or open it. Ask who runs the server to bring back the folder of keys. If it is gone, the vote has to be held again.")
}

// KeyMissing says whether a failure is that of a key that is not there: it may come
// back, when a folder that several nodes share does.
func KeyMissing(err error) bool { return fault.Is(err, "ballot_key_missing") }

// Damaged says whether a failure is that of a box whose pages do not fit its key:
// they were changed by somebody else than this program.
func Damaged(err error) bool { return fault.Is(err, "ballots_damaged") }
