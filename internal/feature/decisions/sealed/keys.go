package sealed

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"

	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/keys"
)

// key seals the pages of one box.
type key keys.Key

// seal hides a page. What it seals is different each time, of the same length, and
// opens in its own place alone.
func (k key) seal(box id.ID, n int, plain []byte) ([]byte, error) {
	a, err := k.aead()
	if err != nil {
		return nil, err
	}
	return a.Seal(nil, nil, plain, place(box, n)), nil //nolint:gosec // it makes a nonce of its own each time
}

// open shows a page, or is a fault when it is not what was sealed.
func (k key) open(box id.ID, n int, sealed []byte) ([]byte, error) {
	a, err := k.aead()
	if err != nil {
		return nil, err
	}
	plain, err := a.Open(nil, nil, sealed, place(box, n))
	if err != nil {
		return nil, damaged()
	}
	return plain, nil
}

func damaged() error {
	return fault.New(fault.Conflict, "ballots_damaged", "The ballot box was changed by something other than this program and cannot be opened. Ask who runs the server, and hold the vote again.")
}

func (k key) aead() (cipher.AEAD, error) {
	c, err := aes.NewCipher(k[:])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(c)
}

func place(box id.ID, n int) []byte {
	return binary.BigEndian.AppendUint64(append([]byte("meantime ballots 1 "), box[:]...), uint64(n))
}
