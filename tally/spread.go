package tally

import "math"

// Spread is how the numbers given to one option lie.
type Spread struct {
	Ratings int64 `json:"ratings"` // how many gave it a number
	// Mean is their average, and Deviation the standard deviation of all of them
	// (not of a sample), both on the scale of the vote; 0 without ratings.
	Mean      float64 `json:"mean"`
	Deviation float64 `json:"deviation"`
	// Agreement goes from 0 (half at one end of the scale, half at the other) to
	// 1 (all the same); 1 without ratings.
	Agreement float64 `json:"agreement"`
	// Verdict is that in a word; empty with fewer than three ratings.
	Verdict Verdict `json:"verdict,omitempty"`
	// Values are the numbers given at least once, smallest first.
	Values []Value `json:"values"`
}

// Value is a number and how often it was given.
type Value struct {
	Value int64 `json:"value"`
	Votes int64 `json:"votes"`
}

// Verdict says whether people agree.
type Verdict string

// The verdicts.
const (
	Agreed Verdict = "agreement" // Agreement is at least 0.7
	Mixed  Verdict = "mixed"
	Split  Verdict = "split" // Agreement is at most 0.4
)

// Where agreement ends and a split begins. Spread evenly over one to five, the
// measure is 0.43.
const (
	agreedFrom = 0.7
	splitUpTo  = 0.4
)

// spread measures how much people agree: the consensus of W. J. Tastle and
// M. J. Wierman, "Consensus and dissention: a measure of ordinal dispersion",
// International Journal of Approximate Reasoning 45 (2007), pages 531 to 545:
//
//	1 + sum over values v of p(v) * log2(1 - |v - mean| / (max - min))
//
// where p(v) is the share of those who gave v. Figures are rounded to six
// decimals, so that all machines write the same.
func spread(counts []int64, low int64) *Spread {
	s := &Spread{Agreement: 1, Values: []Value{}}
	var sum int64
	for i, n := range counts {
		if n > 0 {
			s.Values = append(s.Values, Value{low + int64(i), n})
			s.Ratings += n
			sum += n * (low + int64(i))
		}
	}
	if s.Ratings == 0 {
		return s
	}
	all := float64(s.Ratings)
	mean, width := float64(sum)/all, float64(len(counts)-1)
	var square, consensus float64
	for _, v := range s.Values {
		off, share := math.Abs(float64(v.Value)-mean), float64(v.Votes)/all
		square += share * off * off
		if off > 0 {
			consensus += share * math.Log2(1-off/width)
		}
	}
	s.Mean, s.Deviation, s.Agreement = round6(mean), round6(math.Sqrt(square)), round6(max(0, 1+consensus))
	switch {
	case s.Ratings < 3:
	case s.Agreement >= agreedFrom:
		s.Verdict = Agreed
	case s.Agreement <= splitUpTo:
		s.Verdict = Split
	default:
		s.Verdict = Mixed
	}
	return s
}

func round6(x float64) float64 { return math.Round(x*1e6) / 1e6 }
