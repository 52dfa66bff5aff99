package mail

import (
	"context"
	"sync"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
)

const (
	sendWithin = 2 * time.Minute // from dialling to the server's last word
	lookAgain  = 2 * time.Minute // at a mail that a slow server still holds
	mostSlow   = 256             // sends beside the queue at once
)

// lanes keeps a server that is slow with one mail from holding up the others: after a
// moment the send goes on beside the queue, and more mail to the same address waits.
type lanes struct {
	mu     sync.Mutex
	mails  map[id.ID]bool
	to     map[string]int
	ending context.Context //nolint:containedctx // of the process, for sends beside the queue
	end    context.CancelFunc
	all    sync.WaitGroup
	weight int64 // bytes of files in mails that are on their way
}

// carry sets memory aside for the files of a mail; false when there is no room now. Mails
// without files never wait for it. Drop it when the mail is gone.
func (l *lanes) carry(weight int64) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if weight > 0 && l.weight > 0 && l.weight+weight > mostUnderWay {
		return false
	}
	l.weight += weight
	return true
}

func (l *lanes) drop(weight int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.weight -= weight
}

// busy is when to come again while a mail, or another to the same address, is on a
// slow way; zero when nothing stands in the way.
func (l *lanes) busy(mail id.ID, address string, now clock.Instant) clock.Instant {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.mails[mail]:
		return now.Add(lookAgain)
	case l.to[address] > 0, len(l.mails) >= mostSlow:
		return now.Add(time.Minute)
	}
	return 0
}

// run waits for a send for hold, and no longer.
func (l *lanes) run(ctx context.Context, hold time.Duration, row outboxRow, c clock.Clock, send func(context.Context) outcome) outcome {
	l.mu.Lock()
	if l.mails == nil {
		l.mails, l.to = map[id.ID]bool{}, map[string]int{}
		l.ending, l.end = context.WithCancel(context.WithoutCancel(ctx))
	}
	ending := l.ending
	l.mu.Unlock()
	work, cancel := context.WithTimeout(ending, sendWithin)
	done := make(chan outcome, 1)
	l.all.Add(1)
	go func() {
		defer l.all.Done()
		defer cancel()
		l.over(row, done, send(work))
	}()
	wait, enough := context.WithTimeout(context.WithoutCancel(ctx), hold)
	defer enough()
	select {
	case out := <-done:
		return out
	case <-wait.Done():
	}
	if !l.aside(row, done) {
		return <-done
	}
	return outcome{again: c.Now().Add(lookAgain)}
}

// aside notes that a send goes on beside the queue; false when it has just ended.
func (l *lanes) aside(row outboxRow, done chan outcome) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(done) > 0 {
		return false
	}
	l.mails[row.ID] = true
	l.to[row.Address]++
	return true
}

// over hands on what came of a send, and takes it off the list of slow ones.
func (l *lanes) over(row outboxRow, done chan outcome, out outcome) {
	l.mu.Lock()
	defer l.mu.Unlock()
	done <- out
	if l.mails[row.ID] {
		delete(l.mails, row.ID)
		if l.to[row.Address]--; l.to[row.Address] == 0 {
			delete(l.to, row.Address)
		}
	}
}

// close gives what is still on its way a moment to end, and then cuts it.
func (l *lanes) close(patience time.Duration) {
	l.mu.Lock()
	end := l.end
	l.mu.Unlock()
	if end == nil {
		return
	}
	t := time.AfterFunc(patience, end)
	l.all.Wait()
	t.Stop()
	end()
}
