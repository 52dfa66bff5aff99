package tally

// Settings are the rules of one vote, fixed before it opens. What a method has
// no use for is ignored; the zero value is a sensible vote with one winner.
type Settings struct {
	// Seed is what the tie order is drawn from; see the function Order.
	Seed string `json:"seed,omitempty"`
	// Order is the tie order itself, each option once, instead of a seed.
	Order []string `json:"order,omitempty"`
	// Seats is how many winners there are to be; 1 when not told.
	Seats int `json:"seats,omitempty"`
	// Entitled is how many votes could be cast; 0 when not known.
	Entitled int64 `json:"entitled,omitempty"`
	// Quorum is how many must take part, blank ballots included; 0 asks for none.
	Quorum int64 `json:"quorum,omitempty"`
	// Share is what Majority asks for; more than half when not told.
	Share Share `json:"share,omitempty"`
	// Of is what that is a share of; the votes for options when not told.
	Of Base `json:"of,omitempty"`
	// Choices is how many options an Approval ballot may name; all when 0.
	Choices int `json:"choices,omitempty"`
	// Min and Max bound a score, both included: 0 to 5 for Score and 1 to 5 for
	// SenseCheck and ImpactEffort when not told. The other methods have their own.
	Min *int64 `json:"min,omitempty"`
	Max *int64 `json:"max,omitempty"`
	// Budget is what a ballot may hand out: 5 Dots or 100 Points when not told.
	Budget int64 `json:"budget,omitempty"`
	// PerOption is how much of it one option may get; all when 0.
	PerOption int64 `json:"per_option,omitempty"`
	// Strength is how Schulze and RankedPairs measure a pairwise victory;
	// winning votes when not told.
	Strength Strength `json:"strength,omitempty"`
}

// Share is how large a majority must be.
type Share string

// The shares: strictly more than a half, or at least the others.
const (
	MoreThanHalf  Share = "more_than_half"
	TwoThirds     Share = "two_thirds"
	ThreeQuarters Share = "three_quarters"
	All           Share = "all"
)

// Base is what a majority is a share of.
type Base string

// The bases: votes for an option, all counted ballots (a blank one then works
// like a no), or everybody entitled (staying away then works like a no).
const (
	OfVotes    Base = "votes"
	OfCast     Base = "cast"
	OfEntitled Base = "entitled"
)

// Strength is how a pairwise victory is measured.
type Strength string

// The strengths: how many prefer the winner of the pair, or by how many more.
const (
	WinningVotes Strength = "winning_votes"
	Margins      Strength = "margins"
)

// settle fills in what was not told, and refuses what makes no sense.
func (s *Settings) settle(m Method, options int) error {
	if s.Seats == 0 {
		s.Seats = 1
	}
	for _, bad := range []struct {
		is             bool
		field, message string
	}{
		{s.Seats < 0, "seats", "Give how many winners there are to be, such as 1."},
		{s.Entitled < 0, "entitled", "Give how many may vote, or leave it out."},
		{s.Quorum < 0, "quorum", "Give how many must take part, or leave it out."},
		{s.Entitled > 0 && s.Quorum > s.Entitled, "quorum", "The quorum is larger than the number of people entitled."},
		{s.Choices < 0, "choices", "Give how many options a ballot may name, or leave it out."},
		{s.Budget < 0 || s.Budget > MaxScale, "budget", "Give how much a ballot hands out, from 1 to 1000."},
		{s.PerOption < 0, "per_option", "Give how much one option may get, or leave it out."},
		{s.Seats > 1 && !m.several(), "seats", "This method has one winner, or none."},
		{m == Consent && options != len(stances), "options", "Consent has its own four options: leave them out."},
	} {
		if bad.is {
			return invalid(bad.field, "%s", bad.message)
		}
	}
	if err := s.settleWords(m); err != nil {
		return err
	}
	return s.settleScale(m)
}

func (s *Settings) settleWords(m Method) error {
	switch s.Share {
	case "":
		s.Share = MoreThanHalf
	case MoreThanHalf, TwoThirds, ThreeQuarters, All:
	default:
		return invalid("share", "Use more_than_half, two_thirds, three_quarters or all.")
	}
	switch s.Of {
	case "":
		s.Of = OfVotes
	case OfVotes, OfCast, OfEntitled:
	default:
		return invalid("of", "Use votes, cast or entitled.")
	}
	if m == Majority && s.Of == OfEntitled && s.Entitled == 0 {
		return invalid("entitled", "A majority of all who may vote needs their number.")
	}
	switch s.Strength {
	case "":
		s.Strength = WinningVotes
	case WinningVotes, Margins:
	default:
		return invalid("strength", "Use winning_votes or margins.")
	}
	return nil
}

// settleScale finds the smallest and largest score of the method.
func (s *Settings) settleScale(m Method) error {
	low, high := int64(0), int64(5)
	switch m {
	case SenseCheck, ImpactEffort:
		low = 1
	case Dots, Points:
		if s.Budget == 0 {
			s.Budget = map[Method]int64{Dots: 5, Points: 100}[m]
		}
		if s.PerOption == 0 || s.PerOption > s.Budget {
			s.PerOption = s.Budget
		}
		high = s.PerOption
	case Likes:
		low, high = -1, 1
	case Scale:
		low, high = -3, 3
	case Times:
		high = 2
	}
	if m != Score && m != SenseCheck && m != ImpactEffort {
		s.Min, s.Max = &low, &high
		return nil
	}
	if s.Min == nil {
		s.Min = &low
	}
	if s.Max == nil {
		s.Max = &high
	}
	switch {
	case *s.Min < -MaxScale || *s.Max > MaxScale:
		return invalid("max", "A scale lies between -%d and %d.", MaxScale, MaxScale)
	case *s.Min >= *s.Max:
		return invalid("max", "The largest score must be above the smallest.")
	case m == ImpactEffort && *s.Min < 1:
		return invalid("min", "Impact and effort start at 1 or above.")
	}
	return nil
}
