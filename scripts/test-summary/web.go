package main

import (
	"encoding/json"
	"fmt"
)

// readVitest reads the report of vitest --reporter=json. A file that did not
// even load is one failure; "pending" and "todo" are left out.
func readVitest(text []byte) (report, error) {
	var r struct {
		NumPassedTests, NumFailedTests, NumPendingTests, NumTodoTests int
		Success                                                       bool
		TestResults                                                   []struct {
			Name, Status, Message string
			AssertionResults      []struct {
				FullName, Status string
				FailureMessages  []string
			}
		}
	}
	if err := json.Unmarshal(text, &r); err != nil {
		return report{}, err
	}
	c := report{counts: counts{r.NumPassedTests, r.NumFailedTests, r.NumPendingTests + r.NumTodoTests}}
	for _, file := range r.TestResults {
		if file.Status == "failed" && len(file.AssertionResults) == 0 {
			c.failed++
			c.why = append(c.why, brief(file.Name, file.Message))
		}
		for _, one := range file.AssertionResults {
			if one.Status == "failed" {
				c.why = append(c.why, brief(one.FullName, first(one.FailureMessages)))
			}
		}
	}
	if !r.Success && c.failed == 0 {
		c.failed = 1
	}
	return c, nil
}

// stories is a file of the end-to-end tests, or a group within it.
type stories struct {
	Suites []stories
	Specs  []struct {
		Title, File string
		Line        int
		OK          bool
		Tests       []struct {
			Status  string
			Results []struct {
				Errors []struct{ Message string }
			}
		}
	}
}

// readPlaywright reads the report of playwright test --reporter=json. A flaky test passed in the
// end, and is told of; too many of them are failures. An error outside any test is a failure.
func readPlaywright(text []byte) (report, error) {
	var r struct {
		stories
		Stats  struct{ Expected, Unexpected, Flaky, Skipped int }
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(text, &r); err != nil {
		return report{}, err
	}
	c := report{counts: counts{r.Stats.Expected + r.Stats.Flaky, r.Stats.Unexpected + len(r.Errors), r.Stats.Skipped}}
	r.tell(&c)
	for _, e := range r.Errors {
		c.why = append(c.why, brief("playwright", e.Message))
	}
	return c.bounded(), nil
}

// tell names each story that failed, at least once, with the first thing that it missed.
func (s stories) tell(c *report) {
	for _, one := range s.Specs {
		words, flaky := "", false
		for _, t := range one.Tests {
			flaky = flaky || t.Status == "flaky"
			for _, result := range t.Results {
				if words == "" && len(result.Errors) > 0 {
					words = result.Errors[0].Message
				}
			}
		}
		told := brief(fmt.Sprintf("%s:%d %s", one.File, one.Line, one.Title), words)
		switch {
		case !one.OK:
			c.why = append(c.why, told)
		case flaky:
			c.again = append(c.again, told)
		}
	}
	for _, inner := range s.Suites {
		inner.tell(c)
	}
}

func first(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[0]
}
