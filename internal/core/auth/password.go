package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"

	"golang.org/x/crypto/argon2"

	"example.org/meantime/internal/platform/fault"
)

// Cost is what a password's hash takes: memory in KiB and passes over it.
type Cost struct{ Memory, Passes uint32 }

// DefaultCost is 19 MiB and two passes: about 30 ms of one core.
var DefaultCost = Cost{Memory: 19 * 1024, Passes: 2}

const shortestPassword, longestPassword = 10, 200

// checkPassword is the rule for new passwords: long enough, and not the e-mail.
func checkPassword(password, email string) error {
	n := len([]rune(password))
	switch {
	case n < shortestPassword:
		return fault.Newf(fault.Invalid, "password_short", "Please choose a password of at least %d characters.", shortestPassword).At("password")
	case n > longestPassword:
		return fault.Newf(fault.Invalid, "password_long", "Please keep the password to %d characters.", longestPassword).At("password")
	case strings.EqualFold(strings.TrimSpace(password), email):
		return fault.New(fault.Invalid, "password_is_email", "Please choose a password that is not your e-mail address.").At("password")
	}
	return nil
}

// hasher makes and checks hashes, a few at a time: each takes memory.
type hasher struct {
	cost  Cost
	slots chan struct{}
	dummy string // what unknown e-mails are checked against, so that they take as long
	done  atomic.Int64
}

func newHasher(c Cost) *hasher {
	if c == (Cost{}) {
		c = DefaultCost
	}
	h := &hasher{cost: c, slots: make(chan struct{}, max(2, runtime.GOMAXPROCS(0)))}
	h.dummy = encode(c, make([]byte, 16), make([]byte, 32))
	return h
}

func (h *hasher) make(ctx context.Context, password string) (string, error) {
	salt := make([]byte, 16)
	_, _ = rand.Read(salt)
	key, err := h.key(ctx, password, salt, h.cost)
	return encode(h.cost, salt, key), err
}

// matches compares in constant time. An empty hash stands for an account that
// does not exist: it takes as long and is never right.
func (h *hasher) matches(ctx context.Context, password, hash string) (bool, error) {
	known := hash != ""
	if !known {
		hash = h.dummy
	}
	cost, salt, want, err := decode(hash)
	if err != nil {
		return false, err
	}
	got, err := h.key(ctx, password, salt, cost)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1 && known, nil
}

func (h *hasher) key(ctx context.Context, password string, salt []byte, c Cost) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	h.done.Add(1)
	return argon2.IDKey([]byte(password), salt, c.Passes, c.Memory, 1, 32), nil
}

// encode writes the PHC form: $argon2id$v=19$m=…,t=…,p=1$salt$key.
func encode(c Cost, salt, key []byte) string {
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s", argon2.Version, c.Memory, c.Passes, b64(salt), b64(key))
}

func decode(hash string) (c Cost, salt, key []byte, err error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return c, nil, nil, fmt.Errorf("auth: a stored password is not in the PHC form of argon2id")
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=1", &c.Memory, &c.Passes); err != nil {
		return c, nil, nil, fmt.Errorf("auth: read the cost of a stored password: %w", err)
	}
	if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err == nil {
		key, err = base64.RawStdEncoding.DecodeString(parts[5])
	}
	return c, salt, key, err
}
