package demo

// standups are a week of stand-ups of all twelve, each at the start of their own day. Not
// everybody has something to say each day, and some days somebody says nothing.
func (c *company) standups() []scene {
	const key = "standup"
	return []scene{
		c.begins(0, 0, 10, "priya", "People & handbook", key, Checkin{Template: "standup", Name: "Stand-up", People: c.ids(everyone()...)}),
		c.tells(0, 2, 0, "mei", key, did("Read through the audit log export; it knows one key id only.", "Teach it a second one.")),
		c.tells(0, 6, 0, "priya", key, did("Planned the week.", "The proposal for the EU region.")),
		c.tells(0, 6, 20, "sara", key, did("Eleven people have read both pricing pages.", "Write it up.")),
		c.tells(0, 7, 30, "omar", key, did("The invoices of last month are out.", "The export has no tax line for old ones; find out why.")),
		c.tells(0, 8, 0, "tomas", key, did("Read the numbers of the release train.", "Ask whether we keep it.")),
		c.tells(0, 8, 30, "jonas", key, did("The onboarding flow is drawn.", "It lacks a name.")),
		c.tells(0, 9, 40, "kofi", key, did("23 tickets over the weekend.", "Answer them.")),
		c.tells(0, 10, 0, "ana", key, did("Customers' plans for December.", "A brainstorm about our Mondays.")),
		c.tells(0, 14, 0, "joao", key, nil),
		c.tells(0, 15, 0, "liam", key, did("New signing keys are made.", "Switch over, once the export can read the key id."), Waits{Words: "The export must read the new key id before I switch over", What: "the export"}),
		c.tells(0, 17, 10, "grace", key, did("Three calls with customers who are new.", "They want to change the owner of a workspace.")),
		c.tells(0, 21, 0, "hana", key, did("A list of what has no test in 3.2.", "Ask who knows of more.")),

		c.tells(1, 2, 30, "mei", key, did("The export reads two key ids in my branch.", "Tests over last year's logs.")),
		c.tells(1, 5, 40, "sara", key, did("The write-up on pricing is in Research.", "Wait for a choice, and plan the next interviews.")),
		c.tells(1, 6, 0, "priya", key, did("Numbers for both ways to replicate.", "Write them up.")),
		c.tells(1, 7, 20, "omar", key, did("Invoices from before 2024 never had a tax line.", "Ask what customers need.")),
		c.tells(1, 8, 10, "tomas", key, nil),
		c.tells(1, 8, 20, "jonas", key, did("Three screens of the flow, on a phone.", "The empty ones.")),
		c.tells(1, 10, 0, "kofi", key, did("17 tickets, three of them about drafts that vanished.", "Look for what they have in common.")),
		c.tells(1, 14, 30, "joao", key, did("Sequences drift by up to 40 after a failover; measured.", "A script that sets them right.")),
		c.tells(1, 14, 50, "liam", key, did("Moved four build hosts.", "Hand the rest on before I stop.")),
		c.tells(1, 17, 20, "grace", key, did("Wrote down what changing an owner means to three customers.", "Hear from Omar what it means for invoices.")),
		c.tells(1, 21, 10, "hana", key, did("Tests for sign-in on all browsers.", "The export, once it is in a build.")),

		c.tells(2, 3, 0, "mei", key, did("Last year's logs read without a difference.", "Review, then the build.")),
		c.tells(2, 7, 0, "priya", key, did("A first draft of the proposal.", "Read it again tomorrow with fresh eyes.")),
		c.tells(2, 7, 30, "omar", key, did("What happens to open invoices when the owner changes: nothing, they keep their name.", "Old invoices.")),
		c.tells(2, 8, 40, "jonas", key, did("The empty screens.", "Put the new name in.")),
		c.tells(2, 9, 10, "kofi", key, did("Vanished drafts: all in two tabs at once.", "Ask for ideas.")),
		c.tells(2, 11, 0, "ana", key, did("Read both pricing pages with Sara.", "The shorter list for December.")),
		c.tells(2, 15, 30, "liam", key, did("Rehearsed the switch on staging; 40 seconds.", "Nothing until the export is in.")),
		c.tells(2, 17, 0, "grace", key, nil),
		c.tells(2, 21, 20, "hana", key, did("Release 3.2 has four places left without a test.", "Two of them today.")),

		c.tells(3, 2, 0, "mei", key, did("The export is reviewed.", "It goes into tomorrow's build.")),
		c.tells(3, 5, 30, "sara", key, did("Two interviews; both would pay more for invoices as files.", "Find an hour to listen together.")),
		c.tells(3, 6, 30, "priya", key, did("The proposal is out: logical replication for the EU region.", "Answer what comes back.")),
		c.tells(3, 7, 40, "omar", key, did("Old invoices: two ways, one of them cheap.", "Ask Priya.")),
		c.tells(3, 8, 30, "tomas", key, did("The second draft on on-call compensation.", "Have the numbers checked.")),
		c.tells(3, 9, 30, "kofi", key, did("Eight ideas about drafts, after one day.", "Vote on them tomorrow."), Waits{Words: "Which plan are the customers on who ask for invoices as files?", Person: c.who["ana"].ID}),
		c.tells(3, 16, 0, "liam", key, did("Read the proposal; yes, if we script the sequences.", "Switch the keys on Friday.")),
		c.tells(3, 16, 30, "joao", key, did("The script for sequences, with tests.", "Try it on the copy of production.")),
		c.tells(3, 17, 15, "grace", key, did("Told our three customers when to expect what.", "Prepare two first days.")),
		c.tells(3, 21, 0, "hana", key, did("Two of four.", "The switch on staging."), Waits{Words: "The build with the new keys must be on staging before I can try it", Person: c.who["liam"].ID}),

		c.tells(4, 5, 20, "mei", key, did("The export with the new key id is in this morning's build.", "A quiet afternoon.")),
		c.tells(4, 6, 40, "priya", key, did("A step for the sequences, thanks to Liam.", "Ana's and Mei's view, then it can be decided.")),
		c.tells(4, 7, 0, "sara", key, nil),
		c.tells(4, 9, 10, "kofi", key, nil),
		c.tells(4, 10, 0, "tomas", key, did("Section 3 has new numbers.", "Read what you all say about where we meet.")),
		c.goesOn(4, 14, 5, "liam", key),
		c.tells(4, 13, 50, "joao", key, did("The script ran on a copy of production: no drift.", "Write down how to run it.")),
	}
}
