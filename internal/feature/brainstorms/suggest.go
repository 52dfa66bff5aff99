package brainstorms

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// Suggestion is a group that ideas might make, by the words they share.
type Suggestion struct {
	Name  string
	Ideas []id.ID
}

// Suggest finds groups among the ideas that are in none yet. It is computed here: no
// word leaves the house. The same board gives the same suggestions.
func (s *Service) Suggest(ctx context.Context, a actor.Actor, board id.ID) (out []Suggestion, err error) {
	var ideas []Idea
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		at, err := s.find(ctx, q, a, board)
		if err != nil {
			return err
		}
		if err := at.shown(); err != nil {
			return err
		}
		ideas, err = loadIdeas(ctx, q, a.Workspace, board, 0)
		return err
	})
	if err != nil {
		return nil, err
	}
	ideas = slices.DeleteFunc(ideas, func(i Idea) bool { return !i.stands() || !i.Group.IsZero() })
	slices.SortFunc(ideas, func(x, y Idea) int { return cmp.Compare(x.N, y.N) })
	words := make([]string, len(ideas))
	for n, i := range ideas {
		words[n] = i.Text
	}
	for _, c := range cluster(words) {
		one := Suggestion{Name: c.name}
		for _, n := range c.members {
			one.Ideas = append(one.Ideas, ideas[n].ID)
		}
		out = append(out, one)
	}
	return out, nil
}

type found struct {
	name    string
	members []int
}

// alike is how similar two groups have to be, on average, to be one (0 … 1).
const alike = 0.12

// cluster groups texts: each is a vector of its stems weighed by TF-IDF (Salton and
// Buckley 1988), the two groups with the highest average cosine are joined until none are
// alike enough (average linkage, Sokal and Michener 1958). Ties go to the lower number.
// 500 texts take some tens of milliseconds: n² similarities, and n joins of n each.
func cluster(texts []string) []found {
	vectors, shown := weigh(texts)
	n := len(texts)
	sim := make([][]float64, n)
	groups := make([][]int, n)
	for i := range n {
		sim[i], groups[i] = make([]float64, n), []int{i}
		for j := range i {
			sim[i][j] = dot(vectors[i], vectors[j])
			sim[j][i] = sim[i][j]
		}
	}
	join(sim, groups)
	var out []found
	for _, g := range groups {
		if len(g) >= 2 {
			slices.Sort(g)
			out = append(out, found{nameOf(g, vectors, shown), g})
		}
	}
	slices.SortFunc(out, func(x, y found) int {
		return cmp.Or(len(y.members)-len(x.members), x.members[0]-y.members[0])
	})
	return out
}

// join joins groups in place, keeping for each its most similar other.
func join(sim [][]float64, groups [][]int) {
	n := len(groups)
	best := make([]int, n)
	look := func(i int) {
		best[i] = -1
		for j := range n {
			if j != i && groups[j] != nil && (best[i] < 0 || sim[i][j] > sim[i][best[i]]) {
				best[i] = j
			}
		}
	}
	for i := range n {
		look(i)
	}
	for {
		a := -1
		for i := range n {
			if groups[i] != nil && best[i] >= 0 && (a < 0 || sim[i][best[i]] > sim[a][best[a]]) {
				a = i
			}
		}
		if a < 0 || sim[a][best[a]] < alike {
			return
		}
		a, b := min(a, best[a]), max(a, best[a])
		p, q := float64(len(groups[a])), float64(len(groups[b]))
		for k := range n {
			sim[a][k] = (p*sim[a][k] + q*sim[b][k]) / (p + q)
			sim[k][a] = sim[a][k]
		}
		groups[a], groups[b] = append(groups[a], groups[b]...), nil
		for i := range n {
			if groups[i] != nil && (i == a || best[i] == a || best[i] == b) {
				look(i)
			}
		}
	}
}

// term is one stem of a text with its weight.
type term struct {
	stem   string
	weight float64
}

// weigh gives each text's terms in the order of their stems, at length one, and how the
// stems were written where they came first.
func weigh(texts []string) (vectors [][]term, shown map[string]string) {
	shown = map[string]string{}
	counts, in := make([]map[string]float64, len(texts)), map[string]float64{}
	for i, t := range texts {
		counts[i] = map[string]float64{}
		for _, w := range text.Tokens(t) {
			if common[w] || len(w) < 3 {
				continue
			}
			stem := stemOf(w)
			if counts[i][stem]++; counts[i][stem] == 1 {
				in[stem]++
			}
			if _, ok := shown[stem]; !ok {
				shown[stem] = w
			}
		}
	}
	for _, c := range counts {
		var v []term
		length := 0.0
		for stem, k := range c {
			w := (1 + math.Log(k)) * math.Log(1+float64(len(texts))/in[stem])
			v = append(v, term{stem, w})
		}
		slices.SortFunc(v, func(x, y term) int { return cmp.Compare(x.stem, y.stem) })
		for _, t := range v {
			length += t.weight * t.weight
		}
		for k := range v {
			v[k].weight /= math.Sqrt(length)
		}
		vectors = append(vectors, v)
	}
	return vectors, shown
}

// dot walks two texts' terms side by side.
func dot(a, b []term) (sum float64) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].stem < b[j].stem:
			i++
		case a[i].stem > b[j].stem:
			j++
		default:
			sum += a[i].weight * b[j].weight
			i++
			j++
		}
	}
	return sum
}

// nameOf is the two or three words that weigh most in a group and stand in more than one
// of its texts.
func nameOf(members []int, vectors [][]term, shown map[string]string) string {
	weight, in := map[string]float64{}, map[string]int{}
	for _, m := range members {
		for _, t := range vectors[m] {
			weight[t.stem] += t.weight
			in[t.stem]++
		}
	}
	var stems []string
	for s := range weight {
		if in[s] > 1 {
			stems = append(stems, s)
		}
	}
	slices.SortFunc(stems, func(x, y string) int { return cmp.Or(cmp.Compare(weight[y], weight[x]), cmp.Compare(x, y)) })
	var words []string
	for _, s := range stems[:min(3, len(stems))] {
		words = append(words, shown[s])
	}
	return strings.Join(words, ", ")
}

// stemOf cuts the endings that English words change by, and the commonest of German and
// the Romance languages; it is coarse on purpose, and only for comparing.
func stemOf(w string) string {
	for _, end := range endings {
		if s, ok := strings.CutSuffix(w, end); ok && len([]rune(s)) >= 3 {
			w = s
			break
		}
	}
	if n := len(w); n > 3 && w[n-1] == w[n-2] && w[n-1] != 's' && w[n-1] != 'l' {
		w = w[:n-1] // planning, planned: plan
	}
	return strings.TrimRight(w, "e")
}

var endings = []string{
	"ization", "isation", "ational", "fulness", "iveness", "ations", "ements", "ingly", "ation", "ement", "ments", "ities", "ungen", "aciones",
	"ings", "ness", "ment", "able", "ible", "ally", "ions", "ying", "ity", "ing", "ies", "ied", "ers", "est", "ful", "ion", "ive", "ous", "ung", "ern", "ed", "er", "es", "ly", "en", "al", "s", "y", "e",
}

// common words say nothing about what a text is about.
var common = func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(`a about after again all also am an and any are as at be because been before being but by can could did do does doing down
		each few for from further get give had has have having he her here hers him his how i if in into is it its itself just let lets like make me more
		most much my need no nor not now of off on once one only or other our out over own same see she should so some such than that the their them then
		there these they thing things this those through to too try under until up us use very want was we were what when where which while who whom why will with would you your
		aber als am an auch auf aus bei bin bis das dass dem den der des die dies doch ein eine einen einem einer er es fur hat ich ihr im in ist ja kann
		man mehr mit muss nach nicht noch nur oder sich sie sind so uber um und uns unser von vor war was wenn wer wie wir wird zu zum zur`) {
		out[w] = true
	}
	return out
}()
