package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// boardIdea is a card.
type boardIdea struct {
	ID     string     `json:"id"`
	N      int64      `json:"n"`
	Text   string     `json:"text"`
	Link   string     `json:"link"`
	Author *personRef `json:"author"`
	Late   bool       `json:"late"`
	Own    bool       `json:"own"`
	Group  *string    `json:"group"`
	Merged *string    `json:"merged"`
	Notes  []struct {
		ID     string     `json:"id"`
		Kind   string     `json:"kind"`
		Text   string     `json:"text"`
		Mine   bool       `json:"mine"`
		Author *personRef `json:"author"`
	} `json:"notes"`
	Picture string `json:"picture"`
	Result  *struct {
		Rank   int64   `json:"rank"`
		Score  float64 `json:"score"`
		Spread string  `json:"spread"`
	} `json:"result"`
}

type boardOf struct {
	Uncounted string      `json:"uncounted"`
	Ideas     []boardIdea `json:"ideas"`
	Groups    []struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"groups"`
	Outcomes []struct {
		ID     string     `json:"id"`
		Kind   string     `json:"kind"`
		Title  string     `json:"title"`
		Path   string     `json:"path"`
		Owner  *personRef `json:"owner"`
		DoneAt *time.Time `json:"done_at"`
	} `json:"outcomes"`
	Ballot []struct {
		Idea  string `json:"idea"`
		Value int64  `json:"value"`
	} `json:"ballot"`
}

// stormBoard writes a board as whoever asks may see it.
func (e *env) stormBoard(b boardOf) {
	names := map[string]string{}
	for _, g := range b.Groups {
		names[g.ID] = g.Name
	}
	numbers := map[string]string{}
	for _, i := range b.Ideas {
		if numbers[i.ID] = i.ID; i.N > 0 { // what is hidden has no number yet
			numbers[i.ID] = strconv.FormatInt(i.N, 10)
		}
	}
	given := map[string]int64{}
	for _, v := range b.Ballot {
		given[v.Idea] = v.Value
	}
	rows := [][]string{}
	for _, i := range b.Ideas {
		var about []string
		if i.Group != nil {
			about = append(about, names[*i.Group])
		}
		if i.Author != nil {
			about = append(about, i.Author.Name)
		}
		for _, mark := range []struct {
			word string
			is   bool
		}{{"late", i.Late}, {"yours", i.Own}, {"with a picture", i.Picture != ""}} {
			if mark.is {
				about = append(about, mark.word)
			}
		}
		if i.Merged != nil {
			about = append(about, "merged into "+numbers[*i.Merged])
		}
		if i.Result != nil {
			about = append(about, fmt.Sprintf("rank %d, %g %s", i.Result.Rank, i.Result.Score, i.Result.Spread))
		}
		if v, ok := given[i.ID]; ok {
			about = append(about, fmt.Sprintf("your vote: %d", v))
		}
		rows = append(rows, []string{numbers[i.ID], strings.Join(strings.Fields(i.Text+" "+i.Link), " "), strings.Join(about, ", ")})
	}
	e.table(rows)
	if b.Uncounted != "" {
		e.say("%s", b.Uncounted)
	}
	e.stormNotes(b, numbers)
	for _, g := range b.Groups {
		if !slices.ContainsFunc(b.Ideas, func(i boardIdea) bool { return i.Group != nil && *i.Group == g.ID }) {
			e.say("An empty group: %s", g.Name)
		}
	}
	e.stormOutcomes(b)
}

// stormNotes writes what was said to the ideas, each by its number.
func (e *env) stormNotes(b boardOf, numbers map[string]string) {
	for _, i := range b.Ideas {
		for _, n := range i.Notes {
			who, mine := "", ""
			if n.Author != nil {
				who = n.Author.Name + ": "
			}
			if n.Mine {
				mine = "   " + n.ID
			}
			e.say("%s %s %s%s%s", numbers[i.ID], map[string]string{"pro": "+", "con": "−", "comment": "·"}[n.Kind], who, n.Text, mine)
		}
	}
}
