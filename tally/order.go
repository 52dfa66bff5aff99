package tally

import (
	"bytes"
	"crypto/sha256"
	"slices"
)

// Order draws the order of options by which ties are broken: the SHA-256 of
// the seed, a line feed and the option's id, smallest first. Whoever knows the
// seed can check it (printf 'SEED\nOPTION' | sha256sum), so fix the seed and
// show seed and order when the vote opens. The order of the list given does not
// matter. The seed should not be up to one person: random bytes drawn by the
// server after the options are fixed will do.
func Order(seed string, options []string) []string {
	type drawn struct {
		option string
		hash   [sha256.Size]byte
	}
	all := make([]drawn, len(options))
	for i, o := range options {
		all[i] = drawn{o, sha256.Sum256([]byte(seed + "\n" + o))}
	}
	slices.SortFunc(all, func(a, b drawn) int { return bytes.Compare(a.hash[:], b.hash[:]) })
	order := make([]string, len(all))
	for i, d := range all {
		order[i] = d.option
	}
	return order
}
