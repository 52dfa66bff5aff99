package checkins

import (
	"encoding/binary"

	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Template is a check-in to begin with.
type Template struct {
	Key       string
	Name      string
	Purpose   string
	Questions []Question
	Rhythm    Rhythm
}

// Templates lists them in the order in which they are offered.
func Templates() []Template {
	return []Template{
		{
			Key: "standup", Name: "Stand-up", Purpose: "What each of us did, does next, and waits for.",
			Questions: []Question{
				{Key: "done", Kind: Text, Text: "What did you get done since last time?"},
				{Key: "next", Kind: Text, Text: "What is next?"},
				{Key: "blocked", Kind: Blocker, Text: "Is anything in your way? Name whom or what you wait for."},
			},
			Rhythm: Rhythm{Every: EveryDay, At: AtStart},
		},
		{
			Key: "weekly", Name: "Weekly update", Purpose: "The week in a few lines, for everybody who depends on it.",
			Questions: []Question{
				{Key: "went", Kind: Text, Text: "What went well this week?"},
				{Key: "learned", Kind: Text, Text: "What did you learn, or would you do otherwise?"},
				{Key: "next", Kind: Text, Text: "What matters most next week?"},
				{Key: "mood", Kind: Mood, Text: "How was the week for you?"},
				{Key: "team", Kind: OfWeek},
			},
			Rhythm: Rhythm{Every: EveryWeek, N: 1, Weekdays: []string{"fri"}, At: AtEnd, Minutes: 120},
		},
		{
			Key: "retro", Name: "Retrospective", Purpose: "How we work, looked at every other week.",
			Questions: []Question{
				{Key: "keep", Kind: Text, Text: "What should we keep doing?"},
				{Key: "stop", Kind: Text, Text: "What should we stop, or do less of?"},
				{Key: "try", Kind: Text, Text: "What should we try?"},
				{Key: "mood", Kind: Mood, Text: "How did working together feel?"},
			},
			Rhythm: Rhythm{Every: EveryWeek, N: 2, Weekdays: []string{"thu"}, At: AtStart},
		},
		{
			Key: "project", Name: "Project update", Purpose: "Where the project stands, and what it needs.",
			Questions: []Question{
				{Key: "health", Kind: Health, Text: "How does the project stand?", Required: true},
				{Key: "hill", Kind: Hill, Text: "Where on the hill is it? Up to 50 we figure it out, from there on we get it done."},
				{Key: "news", Kind: Text, Text: "What changed since last time?"},
				{Key: "need", Kind: Text, Text: "What do you need from the readers?"},
				{Key: "blocked", Kind: Blocker, Text: "What does it wait for?"},
			},
			Rhythm: Rhythm{Every: EveryWeek, N: 1, Weekdays: []string{"mon"}, At: AtStart},
		},
		{
			Key: "team_question", Name: "Question of the week", Purpose: "To know each other a little better.",
			Questions: []Question{{Key: "team", Kind: OfWeek}},
			Rhythm:    Rhythm{Every: EveryWeek, N: 1, Weekdays: []string{"wed"}, At: AtStart},
		},
	}
}

func templateOf(key string) (Template, bool) {
	for _, t := range Templates() {
		if t.Key == key {
			return t, true
		}
	}
	return Template{}, false
}

// questionOf is the team question of a date's week: all of them come before one comes
// again, and check-ins begin at different ones.
func questionOf(checkin id.ID, d worktime.Date) string {
	week := daysBetween(worktime.Date{Year: 1970, Month: 1, Day: 5}, monday(d)) / 7
	start := int(binary.BigEndian.Uint32(checkin[12:]) % uint32(len(bank)))
	at := (start + week*bankStep) % len(bank)
	return bank[(at+len(bank))%len(bank)] // before 1970 too
}

// bankStep leaps through the bank; it has no factor in common with its length.
const bankStep = 7

// bank are the team questions of the week.
var bank = []string{
	"What made you smile this week?",
	"Which small thing would make your days easier?",
	"What did you learn lately that had nothing to do with work?",
	"Who helped you this week, and how?",
	"What are you looking forward to?",
	"Which habit of ours would you show to a new colleague first?",
	"What do you do to end your working day?",
	"Which sound or music do you work best with?",
	"What was your first job, and what stayed with you from it?",
	"Which place near you should we all see once?",
	"What have you changed your mind about?",
	"Which question should we ask each other more often?",
	"What would you do with a free afternoon tomorrow?",
	"Which tool, of any kind, would you miss the most?",
	"What does a good morning look like for you?",
	"Which dish would you cook for the team?",
	"What is something that you do differently from most people?",
	"Which piece of work are you quietly proud of?",
	"What surprised you lately?",
	"Which word do you like, in any language?",
	"What gives you energy when a day is long?",
	"Which book, film or game would you lend to each of us?",
	"What did you want to become as a child?",
	"Which view do you have from where you work?",
	"What is the best advice that you did not follow at first?",
	"Which rule of ours could go?",
	"What do people come to you for?",
	"Which smell takes you back somewhere?",
	"What do you know about your town that visitors do not?",
	"Which mistake taught you the most?",
	"What would you like to get better at this year?",
	"Which season suits you best, and why?",
	"What do you do when you are stuck?",
	"Which meeting do you not miss?",
	"What is on the wall, or the shelf, behind your screen?",
	"Which person, living or not, would you have lunch with?",
	"What did somebody do for you that you would like to pass on?",
	"Which thing did you repair, and how long did it hold?",
	"What do you always have on your desk?",
	"Which holiday or custom of yours should we know about?",
	"What was the last thing that you made with your hands?",
	"Which skill of a colleague would you like to borrow for a day?",
	"What made this week harder than it had to be?",
	"Which old photo of yours has a good story?",
	"What do you do to leave work behind?",
	"Which animal would keep you company at work?",
	"What is a good question that you were asked once?",
	"Which part of your work would you explain to a child, and how?",
	"What did you say no to lately, and were you glad?",
	"Which thing do you do for others that nobody sees?",
	"What would you put into a box for us in ten years?",
	"Which journey would you make again?",
	"What have you got too many of?",
	"Which shortcut, on a keyboard or through a park, do you like?",
	"What helps you think: walking, writing, talking, sleeping?",
	"Which team, of any sort, did you like to be in, and why?",
	"What would you thank last week's you for?",
	"Which of our words would you explain to an outsider first?",
	"What does your favourite corner of the week look like?",
	"Which small luxury is worth it?",
}
