package decisions

import (
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/tally"
)

// How results and reasons are hidden.
const (
	Shown       = "shown"        // never hidden
	UntilVoted  = "until_voted"  // until one has had one's say
	UntilClosed = "until_closed" // until the end
)

// How reasons are asked for.
const (
	ReasonsOptional = "optional"
	ReasonsRequired = "required"
	ReasonsOff      = "off"
)

// What silence means at the end.
const (
	SilenceNothing = "nothing" // who is silent is not counted
	SilenceConsent = "consent" // as consent
	SilenceAbstain = "abstain" // as abstaining, which a quorum counts
	SilenceExtend  = "extend"  // the share of hours is given once more
	SilenceDecider = "decider" // the decider decides in their stead
)

// The ways of counting a ranking.
const (
	Borda       = string(tally.Borda)
	IRV         = string(tally.InstantRunoff)
	Schulze     = string(tally.Schulze)
	RankedPairs = string(tally.RankedPairs)
	STV         = string(tally.STV)
)

// MostVotes is a majority that needs no share: whatever has the most votes.
const MostVotes = "most"

// Rules are said before the start and hold to the end.
type Rules struct {
	Method     string        `json:"method,omitempty"` // of a ranking
	Seats      int           `json:"seats"`            // how many options are chosen
	Share      string        `json:"share,omitempty"`  // of a majority: most, more_than_half, two_thirds, three_quarters or all
	Quorum     int           `json:"quorum"`           // per cent of those entitled
	Most       int           `json:"most"`             // the highest score, or the number of dots
	Reasons    string        `json:"reasons"`
	Blind      string        `json:"blind"`
	Anonymous  bool          `json:"anonymous,omitempty"` // votes carry no names; fixed before the start
	Sealed     bool          `json:"sealed,omitempty"`    // others' reasons open with one's own ballot; then one revision
	Silence    string        `json:"silence"`
	Fair       time.Duration `json:"fair,omitempty"`  // of everybody's own working time; 0 for a fixed end
	End        clock.Instant `json:"end,omitzero"`    // the fixed end
	Early      bool          `json:"early,omitempty"` // ends when all have had their say
	Objections time.Duration `json:"objections,omitempty"`
}

// usual fills in what was left out.
func (r Rules) usual(k Kind) Rules {
	if r.Seats == 0 {
		r.Seats = 1
	}
	if r.Reasons == "" {
		r.Reasons = ReasonsOptional
	}
	if r.Blind == "" && r.Anonymous {
		r.Blind = UntilClosed
	}
	if r.Blind == "" {
		r.Blind = Shown
	}
	if r.Silence == "" {
		r.Silence = SilenceNothing
	}
	if r.Fair == 0 && r.End.IsZero() {
		r.Fair = usualFair
	}
	switch k {
	case Majority:
		if r.Share == "" {
			r.Share = string(tally.MoreThanHalf)
		}
	case Ranked:
		if r.Method == "" {
			r.Method = RankedPairs
		}
	case Score:
		if r.Most == 0 {
			r.Most = 5
		}
	case Dots:
		if r.Most == 0 {
			r.Most = 3
		}
	case Time:
		r.Most = ifYes
	}
	return r
}

// Bounds of the rules.
const (
	usualFair   = 16 * time.Hour // two working days
	longestFair = 400 * time.Hour
	leastFair   = time.Minute
	mostScore   = 100
	mostDots    = 1000
)

func oneOf(x string, list ...string) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

// check refuses rules that cannot be kept.
func (r Rules) check(k Kind, options int, now clock.Instant) error {
	switch {
	case !oneOf(r.Reasons, ReasonsOptional, ReasonsRequired, ReasonsOff):
		return wrong("reasons", "reasons", "Reasons are required, optional or off.")
	case !oneOf(r.Blind, Shown, UntilVoted, UntilClosed):
		return wrong("blind", "blind", "Results are shown, hidden until_voted, or hidden until_closed.")
	case !oneOf(r.Silence, SilenceNothing, SilenceConsent, SilenceAbstain, SilenceExtend, SilenceDecider):
		return wrong("silence", "silence", "Silence counts for nothing, as consent, as abstain, extends once (extend), or lets the decider decide (decider).")
	case r.Silence == SilenceConsent && k != Consent:
		return wrong("silence", "silence", "Silence can count as consent only where consent is asked for.")
	case k == Advice && r.Reasons == ReasonsOff:
		return wrong("reasons", "reasons", "Advice is given in words; let reasons be optional or required.")
	case r.Sealed && r.Reasons == ReasonsOff:
		return wrong("sealed", "sealed", "Without reasons there is nothing to seal.")
	case r.Sealed && r.Early:
		return wrong("early", "early", "With sealed reasons everybody may change their mind once, so it cannot end before its time.")
	case k == Ranked && !oneOf(r.Method, Borda, IRV, Schulze, RankedPairs, STV):
		return wrong("method", "method", "Count a ranking by borda, instant_runoff, schulze, ranked_pairs or stv.")
	case k != Ranked && r.Method != "":
		return wrong("method", "method", "Only a ranking has a method of counting.")
	case r.Seats < 1 || options > 0 && r.Seats > options:
		return wrong("seats", "seats", "Choose at least one, and no more than there are options.")
	case r.Seats > 1 && oneOf(r.Method, IRV):
		return wrong("seats", "seats", "Instant runoff finds one. Choose several by stv.")
	case r.Seats > 1 && oneOf(string(k), string(SenseCheck), string(Consent), string(Advice), string(Majority)):
		return wrong("seats", "seats", "This kind of decision does not choose several.")
	case r.Quorum < 0 || r.Quorum > 100:
		return wrong("quorum", "quorum", "Give the quorum in per cent of those entitled: 0 to 100.")
	case k == Majority && !oneOf(r.Share, MostVotes, string(tally.MoreThanHalf), string(tally.TwoThirds), string(tally.ThreeQuarters), string(tally.All)):
		return wrong("share", "share", "A majority is the most votes (most), more_than_half, two_thirds, three_quarters or all.")
	case k != Majority && r.Share != "":
		return wrong("share", "share", "Only a majority has a share that it needs.")
	case k == Score && (r.Most < 1 || r.Most > mostScore):
		return wrongf("most", "most", "The highest score is between 1 and %d.", mostScore)
	case k == Dots && (r.Most < 1 || r.Most > mostDots):
		return wrongf("most", "most", "Give out between 1 and %d dots.", mostDots)
	}
	if err := r.checkAnonymous(k); err != nil {
		return err
	}
	return r.checkEnd(now)
}

func (r Rules) checkEnd(now clock.Instant) error {
	switch {
	case r.Fair != 0 && !r.End.IsZero():
		return wrong("two_ends", "end", "Say either how many working hours everybody gets, or when it ends.")
	case r.Fair == 0 && r.End <= now:
		return wrong("end_past", "end", "Pick an end in the future.")
	case r.Fair == 0 && r.End > now.Add(5*365*24*time.Hour):
		return wrong("end_far", "end", "Pick an end within five years.")
	case r.Fair != 0 && (r.Fair < leastFair || r.Fair > longestFair):
		return wrongf("fair", "fair", "Give everybody between a minute and %d hours of their working time.", int(longestFair.Hours()))
	case r.Objections < 0 || r.Objections > longestFair:
		return wrongf("objections", "objections", "Let the absent object within at most %d hours of their working time.", int(longestFair.Hours()))
	case r.Silence == SilenceExtend && r.Fair == 0:
		return wrong("silence", "silence", "Only an end in working hours can be extended because of silence.")
	}
	return nil
}
