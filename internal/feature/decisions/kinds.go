package decisions

import "example.org/meantime/tally"

// KindAbout explains a kind of decision to whoever chooses one, before anybody votes.
type KindAbout struct {
	Kind    Kind
	Says    string        // what it is, in a plain sentence
	Methods []tally.About // the ways of counting it; none where nothing is counted
	Names   bool          // its ballots carry names always
	Least   int           // so many options it needs at least
	Most    int           // and may have at most
}

// Kinds lists the kinds in the order in which they are offered: what is light first.
func Kinds() []KindAbout {
	by := map[tally.Method]tally.About{}
	for _, m := range tally.Methods() {
		by[m.Key] = m
	}
	ways := map[Kind][]tally.About{
		SenseCheck: {senseCheck}, Consent: {by[tally.Consent]}, Advice: {advice}, Majority: {by[tally.Majority], by[tally.Plurality]},
		Approval: {by[tally.Approval]}, Score: {by[tally.Score]}, Dots: {by[tally.Dots]}, Time: {by[tally.Times]},
		Ranked: {by[tally.RankedPairs], by[tally.Schulze], by[tally.InstantRunoff], by[tally.Borda], by[tally.STV]},
	}
	var out []KindAbout
	for _, k := range []Kind{Consent, Approval, Ranked, Majority, Score, Dots, Time, Advice, SenseCheck} {
		about := KindAbout{Kind: k, Says: plainly[k], Methods: ways[k], Names: k == Consent || k == Advice, Most: mostOptions}
		about.Least, _ = least(k)
		if k == Consent { // to the one proposal of the context
			about.Most = 0
		}
		out = append(out, about)
	}
	return out
}

// Here a sense check is a word out of a few, and advice is not counted at all.
var (
	senseCheck = tally.About{
		Key: tally.SenseCheck, Name: "Sense check", Ballot: tally.OneChoice, Asks: "Choose the word that comes closest.",
		Sentence: "Everyone picks one of a few words; you see how many are where, and whether people agree or are split. No word wins.",
		Use:      "Hearing early how people feel about something.", Ties: "There is nothing to tie.",
		Source: "A straw poll, as in Robert's Rules of Order Newly Revised (2020), section 45; the measure of agreement: Tastle and Wierman, International Journal of Approximate Reasoning 45 (2007)",
	}
	advice = tally.About{
		Name: "Advice", Asks: "Write your advice in a few words.",
		Sentence: "Whoever decides asks those who are affected and those who know for advice, takes it seriously, and decides alone.",
		Use:      "When one person is nearest to the matter and should not have to wait for agreement.", Ties: "There is nothing to count.",
		Source: "The advice process: Laloux, Reinventing Organizations (2014)",
	}
)

// plainly says of each kind what happens in it.
var plainly = map[Kind]string{
	Consent:    "A proposal passes unless somebody objects. Objections are resolved, or overruled in writing.",
	Approval:   "Everyone marks all options they can live with. The one marked most often comes first.",
	Ranked:     "Everyone puts the options in order. For one choice among several, or for several seats.",
	Majority:   "Everyone chooses one option. For yes or no, and for rules that need broad support.",
	Score:      "Everyone gives each option points, when it matters how much people like it.",
	Dots:       "Everyone hands out a few dots, to find the few of many ideas to go on with.",
	Time:       "Everyone says which times suit them, each on their own clock.",
	Advice:     "You ask those who know and those affected for advice, and decide alone.",
	SenseCheck: "Everyone picks the word that comes closest. You see whether people agree or are split; nothing is decided by it.",
}
