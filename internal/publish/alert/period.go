package alert

import (
	"time"

	"github.com/greyshelf/greyshelf/internal/publish/contact"
)

// Begin gives when the period began in which a moment lies: the day, the week
// from Monday (ISO 8601), or the month, in the moment's time zone. Whoever
// wants to hear at once has a period that begins now.
func Begin(f contact.Frequency, now time.Time) time.Time {
	year, month, day := now.Date()
	switch f {
	case contact.AtOnce:
		return now
	case contact.Daily:
	case contact.Monthly:
		day = 1
	default:
		day -= (int(now.Weekday()) + 6) % 7
	}
	return time.Date(year, month, day, 0, 0, 0, 0, now.Location())
}

// due reports whether a contact that was last told at a time is to be told
// now: its period has ended since. A clock that went back tells nobody twice.
func due(f contact.Frequency, last, now time.Time) bool {
	return f == contact.AtOnce || last.Before(Begin(f, now))
}
