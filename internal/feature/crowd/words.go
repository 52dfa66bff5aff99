package crowd

import (
	"math/rand/v2"
	"strings"
)

// common are words that everybody uses, the commonest first; behind them come
// words made of syllables, so that the vocabulary has the size of a language.
const common = `the to of and a in is it you that we for on with this are be have as not but at if by from what can will
do when an or so there one would all up our was they about which some more now need time could how team out also work week
page see next before plan test after only list then think change name than date review first new made who way make day use
let know them other into very still data part while draft like two note add open both check same again find where keep over
agree release customer market answer question report design office budget number because move hours morning later already
point start end please sure maybe better small send read write build long short idea early late build fix issue export order`

var (
	onsets = strings.Fields("b br ch d dr f fl g gr h j k kl l m n p pl pr r s sh sk st t th tr v w z")
	nuclei = strings.Fields("a ai e ea i ie o oa oo u")
	codas  = strings.Fields("l m n nd ng r rt s sh st t x")
)

const vocabulary = 40_000

// lexicon is every word, the commonest first.
func lexicon() []string {
	r := rand.New(rand.NewPCG(7, 7)) //nolint:gosec // the same words every time
	out, seen := make([]string, 0, vocabulary), map[string]bool{}
	add := func(w string) {
		if !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	for _, w := range strings.Fields(common) {
		add(w)
	}
	for len(out) < vocabulary {
		w := ""
		for range 1 + r.IntN(3) {
			w += onsets[r.IntN(len(onsets))] + nuclei[r.IntN(len(nuclei))]
		}
		if r.IntN(2) == 0 {
			w += codas[r.IntN(len(codas))]
		}
		add(w)
	}
	return out
}

// speaker says things, its words as often as language has them.
type speaker struct {
	r     *rand.Rand
	zipf  *rand.Zipf
	words []string
	out   strings.Builder
}

func newSpeaker(r *rand.Rand) *speaker {
	return &speaker{r: r, zipf: rand.NewZipf(r, 1.1, 4, vocabulary-1), words: lexicon()}
}

func (s *speaker) word() string { return s.words[s.zipf.Uint64()] }

// phrase is n words, the first with a capital.
func (s *speaker) phrase(n int) string {
	s.out.Reset()
	s.some(n)
	return s.out.String()
}

func (s *speaker) some(n int) {
	for i := range n {
		w := s.word()
		if i == 0 {
			s.out.WriteString(strings.ToUpper(w[:1]))
			w = w[1:]
		} else {
			s.out.WriteByte(' ')
		}
		s.out.WriteString(w)
	}
}

// post is what one post says, in Markdown; begin is its first word, or empty.
func (s *speaker) post(begin string) string {
	s.out.Reset()
	if begin != "" {
		s.out.WriteString(begin + " ")
	}
	for range 1 + s.r.IntN(3) {
		s.some(3 + s.r.IntN(14))
		s.out.WriteString(". ")
	}
	switch s.r.IntN(24) {
	case 0:
		s.out.WriteString("\n\n- " + s.word() + "\n- " + s.word() + " " + s.word())
	case 1:
		s.out.WriteString("\n\n> ")
		s.some(8)
	case 2:
		s.out.WriteString("See [the " + s.word() + "](https://example.org/" + s.word() + ").")
	case 3, 4:
		s.out.WriteString("**" + s.word() + "** `" + s.word() + "`")
	}
	return strings.TrimSpace(s.out.String())
}
