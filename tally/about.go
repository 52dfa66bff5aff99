package tally

const (
	tieOrder  = "Equals are ranked by the tie order, which is drawn and shown before the vote opens."
	asksOne   = "Choose one option, or none."
	asksMany  = "Choose every option you can live with."
	asksRank  = "Put the options in order, best first. Equals may share a place; what you leave out comes last."
	asksScore = "Give each option a number."
)

// methods are the explanations; Methods hands out copies.
var methods = []About{
	{
		Key: Plurality, Name: "Most votes", Ballot: OneChoice, Several: true, Asks: asksOne, Ties: tieOrder,
		Sentence: "Everyone names one option, and the one named most often wins, even with less than half.",
		Use:      "Small matters with two or three options that do not resemble each other.",
		Source:   "Farrell, Electoral Systems (2011), chapter 2",
	},
	{
		Key: Majority, Name: "Majority", Ballot: OneChoice, Asks: asksOne,
		Sentence: "Everyone names one option; it wins with more than half of the votes, or the larger share set beforehand.",
		Use:      "Yes or no, and rules that need broad support.",
		Ties:     "Two options with a half each have no majority: nothing is decided.",
		Source:   "May, Econometrica 20 (1952); Robert's Rules of Order Newly Revised (2020), section 44",
	},
	{
		Key: Approval, Name: "Approval", Ballot: ManyChoices, Several: true, Asks: asksMany, Ties: tieOrder,
		Sentence: "Everyone names all options they can live with, and the one named most often wins.",
		Use:      "Several similar options, when nobody should be forced to choose between them.",
		Source:   "Brams and Fishburn, Approval Voting (1983)",
	},
	{
		Key: Score, Name: "Score", Ballot: Scores, Several: true, Asks: asksScore, Ties: tieOrder,
		Sentence: "Everyone gives each option a number, and the highest sum wins; an option left out gets the lowest number.",
		Use:      "When it matters how much people like something, and they say so honestly.",
		Source:   "Smith, Range Voting (2000); Poundstone, Gaming the Vote (2008)",
	},
	{
		Key: Borda, Name: "Borda", Ballot: RankedOptions, Several: true, Asks: asksRank, Ties: tieOrder,
		Sentence: "An option gets a point for each option it stands above on a ballot, and half for each equal; the most points win.",
		Use:      "Looking for what suits most people fairly well rather than half of them very well.",
		Source:   "Borda, Mémoire sur les élections au scrutin (1784); equals as in Black, The Theory of Committees and Elections (1958)",
	},
	{
		Key: InstantRunoff, Name: "Instant runoff", Ballot: RankedOptions, Asks: asksRank,
		Sentence: "The option with the fewest first places leaves, and its ballots go on to their next choice, until one has more than half.",
		Use:      "One winner among several, when votes for a small option should not be lost.",
		Ties:     "Of those with the fewest votes the last in the tie order leaves.",
		Source:   "Robert's Rules of Order Newly Revised (2020), section 45, preferential voting",
	},
	{
		Key: Schulze, Name: "Condorcet (Schulze)", Ballot: RankedOptions, Several: true, Asks: asksRank,
		Sentence: "Options meet in pairs; who beats all others wins, and in a circle the strongest chain of victories decides.",
		Use:      "One winner among several, when it should be the one that would win against each other alone.",
		Ties:     tieOrder,
		Source:   "Schulze, Social Choice and Welfare 36 (2011), pages 267 to 303",
	},
	{
		Key: RankedPairs, Name: "Condorcet (ranked pairs)", Ballot: RankedOptions, Several: true, Asks: asksRank,
		Sentence: "Options meet in pairs; the clearest victories are written down first, and one that would close a circle is left out.",
		Use:      "As Schulze, with steps that are easier to follow.",
		Ties:     "Equal victories are written down in the tie order of their winners, then from the last of their losers.",
		Source:   "Tideman, Social Choice and Welfare 4 (1987), pages 185 to 206; ties after Zavist and Tideman, same journal 6 (1989)",
	},
	{
		Key: STV, Name: "Single transferable vote", Ballot: RankedOptions, Several: true, Asks: asksRank,
		Sentence: "Whoever reaches the quota is elected and passes on what is left over; else the last leaves and its ballots go on.",
		Use:      "Several winners who should represent everyone in proportion.",
		Ties:     "Of equals the first in the tie order is elected or passes on first, and the last leaves.",
		Source:   "Weighted inclusive Gregory method, as in the Scottish Local Government Elections Order 2007, schedule 1, part III",
	},
	{
		Key: Consent, Name: "Consent", Ballot: OneStance, Asks: "Agree, abstain, voice a concern, or object.",
		Sentence: "A proposal passes unless somebody objects; concerns are kept with it.",
		Use:      "Good enough for now and safe enough to try.",
		Ties:     "There is nothing to tie.",
		Source:   "Endenburg, Sociocracy: The Organization of Decision-Making (1998)",
	},
	{
		Key: SenseCheck, Name: "Sense check", Ballot: Scores, Asks: asksScore,
		Sentence: "Everyone gives a number; you see the average and whether people agree. Nothing is decided.",
		Use:      "Hearing early how people feel about something.",
		Ties:     "There is nothing to tie.",
		Source:   "The measure of agreement: Tastle and Wierman, International Journal of Approximate Reasoning 45 (2007)",
	},
	{
		Key: Dots, Name: "Dots", Ballot: Scores, Several: true, Asks: "Hand out your dots; several may go to one option.", Ties: tieOrder,
		Sentence: "Everyone hands out a few dots, and the option with the most dots comes first.",
		Use:      "Finding the few of many ideas to go on with.",
		Source:   "Cumulative voting, as in Farrell, Electoral Systems (2011)",
	},
	{
		Key: Points, Name: "100 points", Ballot: Scores, Several: true, Asks: "Divide your points among the options.", Ties: tieOrder,
		Sentence: "Everyone divides 100 points as if they were money, and the option with the most points comes first.",
		Use:      "Priorities, when some things matter much more than others.",
		Source:   "The cumulative or $100 test: Leffingwell and Widrig, Managing Software Requirements (2003)",
	},
	{
		Key: Likes, Name: "Like or dislike", Ballot: Scores, Several: true, Asks: "Like it, dislike it, or leave it.", Ties: tieOrder,
		Sentence: "Likes less dislikes: the highest difference comes first.",
		Use:      "A first quick look at many ideas.",
		Source:   "Combined approval voting: Felsenthal, Behavioral Science 34 (1989)",
	},
	{
		Key: Scale, Name: "From −3 to +3", Ballot: Scores, Several: true, Asks: "Give each option a number from −3, against it, to +3, for it.", Ties: tieOrder,
		Sentence: "Everyone says how much they are for or against each option, and the highest sum comes first; leaving one out counts as 0.",
		Use:      "Seeing resistance as well as support.",
		Source:   "Score voting on a scale with a middle: Hillinger, The Case for Utilitarian Voting (2005)",
	},
	{
		Key: ImpactEffort, Name: "Impact and effort", Ballot: TwoScores, Several: true, Asks: "Give each option two numbers: how much it would bring, and how much work it is.", Ties: tieOrder,
		Sentence: "Options come in the order of average impact divided by average effort, and stand on a map of four fields.",
		Use:      "Choosing what to do first.",
		Source:   "Value over size, as in weighted shortest job first: Reinertsen, The Principles of Product Development Flow (2009)",
	},
	{
		Key: Times, Name: "Choose a time", Ballot: Scores, Several: true, Asks: "For each time say yes (2), if need be (1), or no (0).", Ties: tieOrder,
		Sentence: "The time that most people can make wins; of those, the one that suits most people well.",
		Use:      "Finding a time for something that has to happen together.",
		Source:   "Approval voting with two grades",
	},
}
