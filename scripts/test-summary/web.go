package main

import "encoding/json"

// readVitest reads the report of vitest --reporter=json. A file that did not
// even load is one failure; "pending" and "todo" are left out.
func readVitest(report []byte) (counts, error) {
	var r struct {
		NumPassedTests, NumFailedTests, NumPendingTests, NumTodoTests int
		Success                                                       bool
		TestResults                                                   []struct {
			Status           string
			AssertionResults []struct{ Status string }
		}
	}
	if err := json.Unmarshal(report, &r); err != nil {
		return counts{}, err
	}
	c := counts{r.NumPassedTests, r.NumFailedTests, r.NumPendingTests + r.NumTodoTests}
	for _, file := range r.TestResults {
		if file.Status == "failed" && len(file.AssertionResults) == 0 {
			c.failed++
		}
	}
	if !r.Success && c.failed == 0 {
		c.failed = 1
	}
	return c, nil
}

// readPlaywright reads the report of playwright test --reporter=json. A flaky
// test passed in the end; an error outside any test is a failure.
func readPlaywright(report []byte) (counts, error) {
	var r struct {
		Stats  struct{ Expected, Unexpected, Flaky, Skipped int }
		Errors []json.RawMessage
	}
	if err := json.Unmarshal(report, &r); err != nil {
		return counts{}, err
	}
	return counts{r.Stats.Expected + r.Stats.Flaky, r.Stats.Unexpected + len(r.Errors), r.Stats.Skipped}, nil
}
