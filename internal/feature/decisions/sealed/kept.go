package sealed

import "fmt"

// Kept says to a voter, before they vote, what is kept of their vote: a sentence each.
func Kept() []string {
	return []string{
		"That you voted is known: whoever may see this decision sees who has voted. What you voted is kept apart from it, without your name, a time or an order.",
		"Until the end your ballot is sealed with a key of this decision, which is neither in the database nor in backups. Nobody sees a ballot or a count before, the decider included.",
		fmt.Sprintf("At the end all ballots are opened together and listed in an order that says nothing. The key and all that was sealed are destroyed. With fewer than %d ballots none is opened.", Fewest),
		"What you write as a reason is listed word for word, without your name: how you write may tell who you are. If all vote alike, everybody knows what everybody voted.",
		"Your receipt stays with you; the server forgets it. With it you can change your vote, and see at the end that your ballot is in the list. It shows nobody what you voted. Without it your ballot counts, and cannot be changed or withdrawn, even if you leave.",
		"Whoever runs the server could read along while the vote is open, by changing the program or by copying the key beside the database. Afterwards nobody can.",
	}
}

// Receipt says what a receipt shows and what it does not.
const Receipt = "The code of your receipt in the list shows that a ballot cast with your receipt was counted. The list of codes and the list of ballots are in orders of their own, so it shows nobody which ballot is yours, and not that its content was left as it was."
