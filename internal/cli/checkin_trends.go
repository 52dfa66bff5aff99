package cli

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// checkinFigures are what a team made of itself, by weeks.
type checkinFigures struct {
	Questions []checkinQuestion `json:"questions"`
	Weeks     []struct {
		Monday   string             `json:"monday"`
		Answered *float64           `json:"answered"`
		Means    map[string]float64 `json:"means"`
	} `json:"weeks"`
}

func (e *env) checkinTrends() *cobra.Command {
	return &cobra.Command{
		Use: "trends CHECKIN", Short: "Figures of whole weeks, of five people or more", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			var out raw[checkinFigures]
			if err := c.call(cmd.Context(), "GET", "/checkins/"+url.PathEscape(args[0])+"/figures", nil, &out); err != nil {
				return err
			}
			return e.show(out, func() { e.figures(out.known) })
		},
	}
}

func (e *env) figures(f checkinFigures) {
	if len(f.Weeks) == 0 {
		e.say("There are no figures yet. They are of whole weeks, counted once a week is over for everybody, and of five people or more.")
		return
	}
	head := []string{"WEEK OF", "ANSWERED"}
	var shown []string
	for _, q := range f.Questions {
		for _, w := range f.Weeks {
			if _, ok := w.Means[q.Key]; ok {
				head, shown = append(head, strings.ToUpper(q.Key)), append(shown, q.Key)
				break
			}
		}
	}
	rows := [][]string{head}
	for _, w := range f.Weeks {
		row := []string{w.Monday, ""}
		if w.Answered != nil {
			row[1] = strconv.FormatFloat(*w.Answered, 'f', 0, 64) + " %"
		}
		for _, k := range shown {
			v, ok := w.Means[k]
			row = append(row, map[bool]string{true: strconv.FormatFloat(v, 'f', -1, 64)}[ok])
		}
		rows = append(rows, row)
	}
	e.table(rows)
	for _, q := range f.Questions {
		for _, k := range shown {
			if q.Key == k {
				e.say("%s: %s", strings.ToUpper(k), q.Text)
			}
		}
	}
}

func (e *env) checkinReports() *cobra.Command {
	return &cobra.Command{Use: "reports [CHECKIN]", Short: "Your reports of the last days, or of one check-in", Args: cobra.MaximumNArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		path := "/me/checkin-reports"
		if len(args) == 1 {
			path = series(args[0]) + "/reports"
		}
		all, err := list[raw[struct {
			ID       string     `json:"id"`
			Name     string     `json:"name"`
			Date     string     `json:"date"`
			MadeAt   *time.Time `json:"made_at"`
			Answered int        `json:"answered"`
		}]](cmd.Context(), c, path, url.Values{}, 50)
		if err != nil {
			return err
		}
		return e.show(all, func() {
			if len(all) == 0 {
				e.say("No reports yet: they come when your day begins.")
				return
			}
			rows := [][]string{}
			for _, r := range all {
				rows = append(rows, []string{r.known.ID, r.known.Date, strconv.Itoa(r.known.Answered) + " answered", r.known.Name})
			}
			e.table(rows)
		})
	}}
}
