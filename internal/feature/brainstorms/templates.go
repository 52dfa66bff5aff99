package brainstorms

// Template is a brainstorm to start from.
type Template struct {
	Key    string   `json:"key"`
	Name   string   `json:"name"`
	Title  string   `json:"title" doc:"A title to begin with."`
	Prompt string   `json:"prompt" doc:"Markdown."`
	Groups []string `json:"groups" nullable:"false" doc:"Groups that are there from the start."`
	Plan   []Step   `json:"-"`
	Vote   VoteRule `json:"vote"`

	Anonymous bool `json:"anonymous"`
}

// usualPlan is what a brainstorm does when nothing else was said.
var usualPlan = []Step{{Phase: Collect, Window: "8h"}, {Phase: Cluster, Window: "4h"}, {Phase: Refine, Window: "4h"}, {Phase: Vote, Window: "4h"}}

var dots = VoteRule{Method: Dots, Dots: 5, Most: 3}

// Templates are ready to start from.
var Templates = []Template{
	{
		Key: "open", Name: "Open question", Title: "",
		Prompt: "What comes to mind? One thought to a card.",
		Groups: []string{},
		Plan:   usualPlan,
		Vote:   dots,
	},
	{
		Key: "retro", Name: "Retrospective", Title: "Looking back on the last weeks",
		Prompt: "What went well, what was hard, what shall we try? One thing to a card.",
		Groups: []string{"Went well", "Was hard", "Let's try"},
		Plan:   usualPlan,
		Vote:   dots,
	},
	{
		Key: "hmw", Name: "How might we", Title: "How might we …?",
		Prompt: "Begin with *How might we* in mind: many small answers are better than one large. Nothing is too odd yet.",
		Groups: []string{},
		Plan:   usualPlan,
		Vote:   VoteRule{Method: Impact},
	},
	{
		Key: "naming", Name: "Naming", Title: "What shall we call …?",
		Prompt: "One name to a card, and a word on why if you like.",
		Groups: []string{},
		Plan:   []Step{{Phase: Collect, Window: "8h"}, {Phase: Refine, Window: "4h"}, {Phase: Vote, Window: "4h"}},
		Vote:   VoteRule{Method: Like},
	},
	{
		Key: "risks", Name: "Risks", Title: "What could go wrong with …?",
		Prompt: "It is half a year from now and it has failed. What happened? One cause to a card.",
		Groups: []string{},
		Plan:   usualPlan,
		Vote:   VoteRule{Method: Scale}, Anonymous: true,
	},
	{
		Key: "next", Name: "What next", Title: "What shall we do next?",
		Prompt: "One thing to a card, with what it would change.",
		Groups: []string{},
		Plan:   usualPlan,
		Vote:   VoteRule{Method: Points},
	},
}

func templateOf(key string) (Template, bool) {
	for _, t := range Templates {
		if t.Key == key {
			return t, true
		}
	}
	return Template{}, false
}
