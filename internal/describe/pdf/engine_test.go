package pdf_test

import (
	"testing"
	"time"

	"github.com/greyshelf/greyshelf/internal/describe"
	"github.com/greyshelf/greyshelf/internal/describe/describetest"
	"github.com/greyshelf/greyshelf/internal/describe/pdf"
)

func TestEngine(t *testing.T) {
	describetest.Run(t, func(t *testing.T) describe.Engine {
		return pdf.New(pdf.Options{CacheDir: cacheDir(t), StepDeadline: 2 * time.Second})
	})
}
