package search

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/text"
	"example.org/meantime/internal/platform/web"
)

// weighed is how many hits, the newest, are compared with each other by relevance:
// what is older than four hundred others that say the same is seldom what is meant,
// and the answer takes as long in a large house as in a small one.
const weighed = 400

// FindBest searches like Find and puts first what speaks most of what was asked for:
// by BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009) over
// the newest hits, with titles and conclusions counting for more; of equals the newest.
func (s *Service) FindBest(ctx context.Context, a actor.Actor, query, after string, limit int) (Found, error) {
	skip, err := placeAmong(after)
	if err != nil {
		return Found{}, err
	}
	found, f, wanted, none, err := s.understand(ctx, a, query)
	if err != nil || none {
		return found, err
	}
	rows, err := s.ranks(ctx, a, f, wanted, place{}, weighed)
	if err != nil {
		return Found{}, err
	}
	texts, err := s.texts(ctx, a.Workspace, rows)
	if err != nil {
		return Found{}, err
	}
	rows = slices.DeleteFunc(rows, func(d doc) bool { return !stands(d, texts) })
	rows = best(rows, texts, f.words)
	limit = pageOf(limit)
	rows = rows[min(skip, len(rows)):]
	if len(rows) > limit {
		rows = rows[:limit]
		found.Next = "r" + strconv.Itoa(skip+limit)
	}
	found.Hits = show(rows, texts, f.words)
	return found, nil
}

func placeAmong(after string) (int, error) {
	if after == "" {
		return 0, nil
	}
	n, ok := strings.CutPrefix(after, "r")
	skip, err := strconv.Atoi(n)
	if !ok || err != nil || skip < 0 {
		return 0, web.BadCursor("after")
	}
	return skip, nil
}

// The usual constants of BM25, and how much more a title and a conclusion say.
const (
	saturation = 1.2
	lengthPart = 0.75
	titleTimes = 3
	concluded  = 1.1
)

// best sorts hits by what they say of the words asked for. All of them have all of
// the words, so how rare a word is makes no difference between them.
func best(rows []doc, texts Texts, words []Term) []doc {
	bodies := make([][]string, len(rows))
	total := 0
	for i, d := range rows {
		bodies[i] = text.Tokens(texts[d.RefID].Body)
		total += len(bodies[i])
	}
	average := float64(max(total, 1)) / float64(max(len(rows), 1))
	type scored struct {
		doc
		score float64
	}
	list := make([]scored, len(rows))
	for i, d := range rows {
		title := text.Tokens(texts[d.RefID].Title)
		list[i].doc = d
		for _, t := range words {
			times := float64(t.in(bodies[i]) + titleTimes*t.in(title))
			list[i].score += times * (saturation + 1) / (times + saturation*(1-lengthPart+lengthPart*float64(len(bodies[i]))/average))
		}
		if d.Concluded {
			list[i].score *= concluded
		}
	}
	slices.SortStableFunc(list, func(a, b scored) int {
		switch {
		case a.score != b.score && a.score > b.score:
			return -1
		case a.score != b.score:
			return 1
		}
		return int(min(max(b.Doc-a.Doc, -1), 1))
	})
	for i := range list {
		rows[i] = list[i].doc
	}
	return rows
}

// in counts how often a term stands in a row of tokens.
func (t Term) in(tokens []string) (times int) {
	for i := 0; i+len(t.Tokens) <= len(tokens); i++ {
		if t.at(tokens[i:]) {
			times++
		}
	}
	return times
}

func (t Term) at(tokens []string) bool {
	last := len(t.Tokens) - 1
	for i, want := range t.Tokens {
		if tokens[i] != want && (i < last || !t.Prefix || !strings.HasPrefix(tokens[i], want)) {
			return false
		}
	}
	return true
}
