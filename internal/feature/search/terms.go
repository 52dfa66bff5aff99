package search

import (
	"context"
	"encoding/binary"
	"hash/maphash"
	"slices"
	"sync"
	"unicode/utf8"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const (
	shortTerm = 3       // letters of the longest beginning that the engine's own index knows
	maxKnown  = 1 << 18 // words remembered to be in the dictionary
)

// dictionary remembers which words are kept already, by their hashes, so that they
// are not written again. Words are never taken out of it.
type dictionary struct {
	seed maphash.Seed

	mu    sync.RWMutex
	known map[uint64]struct{}
}

func newDictionary() *dictionary {
	return &dictionary{seed: maphash.MakeSeed(), known: map[uint64]struct{}{}}
}

func (d *dictionary) hash(workspace id.ID, term string) uint64 {
	return maphash.String(d.seed, term) ^ binary.BigEndian.Uint64(workspace[8:])
}

// unknown lists the words that are not known to be kept.
func (d *dictionary) unknown(workspace id.ID, tokens []string) []string {
	var out []string
	d.mu.RLock()
	defer d.mu.RUnlock()
	for _, t := range tokens {
		if len(t) <= shortTerm || utf8.RuneCountInString(t) <= shortTerm {
			continue
		}
		if _, ok := d.known[d.hash(workspace, t)]; !ok {
			out = append(out, t)
		}
	}
	return out
}

// keep writes the words of entries that are new.
func (d *dictionary) keep(ctx context.Context, tx *db.Tx, list []Entry) error {
	var terms []string
	for i := range list {
		terms = append(terms, list[i].Words.terms...)
	}
	slices.Sort(terms)
	terms = d.unknown(tx.Workspace, slices.Compact(terms))
	if err := insertTerms(ctx, tx, terms); err != nil {
		return err
	}
	workspace := tx.Workspace
	tx.After(func() { d.remember(workspace, terms) })
	return nil
}

func (d *dictionary) remember(workspace id.ID, terms []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, t := range terms {
		if len(d.known) >= maxKnown {
			clear(d.known)
		}
		d.known[d.hash(workspace, t)] = struct{}{}
	}
}
