package sealed

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"strings"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/keys"
)

// Cast is a ballot on its way into the box.
type Cast struct {
	Box    id.ID
	Person id.ID
	Secret string // made by the voter's own program; the server forgets it
	Ballot []byte // written by the program from what was meant, never as it came in
	Voted  bool   // they have a ballot in the box, which this one replaces
}

const fewestLetters, mostLetters = 22, 64

// checkSecret checks what a voter's program made up: 22 to 64 letters, digits, - and _,
// which stand for at least 128 bits that nobody can guess.
func checkSecret(secret string) error {
	plain := strings.Trim(secret, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == ""
	if !plain || len(secret) < fewestLetters || len(secret) > mostLetters {
		return fault.Newf(fault.Invalid, "receipt_malformed", "A receipt is %d to %d letters, digits, - and _, made at random by your own program.", fewestLetters, mostLetters).At("receipt")
	}
	return nil
}

// CastTx puts a ballot into its box and gives the code that will be published for it.
// A voter's second ballot replaces the first, if the secret is the same; otherwise
// nobody can tell which one is theirs, and it is refused. The same ballot put in again
// changes nothing that could be seen.
//
// The caller has checked that the person may vote, and says in the same transaction
// that they have.
func (b *Boxes) CastTx(ctx context.Context, tx *db.Tx, c Cast) (code string, err error) {
	box, there, err := findBox(ctx, tx, tx.Workspace, c.Box)
	if err != nil {
		return "", err
	}
	if !there || box.State != Open {
		return "", fault.New(fault.Conflict, "ballot_closed", "This ballot takes no votes.")
	}
	if err := checkSecret(c.Secret); err != nil {
		return "", err
	}
	if len(c.Ballot) > box.BallotBytes {
		return "", fault.Newf(fault.Invalid, "ballot_too_long", "A ballot here has room for %d bytes, and yours takes %d. Shorten your reasons.", box.BallotBytes, len(c.Ballot))
	}
	k, err := b.key(c.Box)
	if err != nil {
		return "", err
	}
	e := entry{mark: mark(c.Box, c.Person, c.Secret), ballot: c.Ballot}
	code = Code(c.Box, c.Secret)
	if _, err := hex.Decode(e.code[:], []byte(code)); err != nil {
		return "", err
	}
	// Which page is said by the mark, so that it tells nothing of the voter.
	n := int(binary.BigEndian.Uint64(e.mark[:]) % uint64(box.Pages))
	p, err := readPage(ctx, tx, k, c.Box, box, n)
	if err != nil {
		return "", err
	}
	if _, found := p.find(e.mark); c.Voted && !found {
		return "", fault.New(fault.Conflict, "receipt_needed", "You have voted. Only with the receipt of that vote can it be changed: open this page where you voted, or enter the receipt.").At("receipt")
	}
	p.put(e)
	sealed, err := k.seal(c.Box, n, p.bytes())
	if err != nil {
		return "", err
	}
	return code, changePage(ctx, tx, c.Box, n, sealed)
}

// key finds the key of a box; that there is none is for people to know.
func (b *Boxes) key(box id.ID) (key, error) {
	k, err := b.keys.Read(box)
	if errors.Is(err, keys.ErrNone) {
		err = noKey()
	}
	return key(k), err
}

func readPage(ctx context.Context, tx *db.Tx, k key, name id.ID, box Box, n int) (page, error) {
	p := page{size: box.BallotBytes, places: box.Places}
	sealed, ok, err := findPage(ctx, tx, name, n)
	if err != nil {
		return p, err
	}
	if !ok {
		return p, damaged()
	}
	plain, err := k.open(name, n, sealed)
	if err != nil {
		return p, err
	}
	return p, p.read(plain)
}
