package bleve_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/greyshelf/greyshelf/internal/corpustest"
	"github.com/greyshelf/greyshelf/internal/search/bleve"
	"github.com/greyshelf/greyshelf/internal/search/ranktest"
)

func TestRelevance(t *testing.T) {
	shared := corpustest.Dir(t)
	for name, atLeast := range map[string]float64{"cranfield": 0.37, "vaswani": 0.435} {
		t.Run(name, func(t *testing.T) {
			collection := ranktest.Read(t, filepath.Join(shared, "corpus", "relevance", name))
			x, err := bleve.Open(filepath.Join(t.TempDir(), "index"))
			if err != nil {
				t.Fatal(err)
			}
			defer x.Close()
			if err := x.Put(context.Background(), collection.Documents, 1); err != nil {
				t.Fatal(err)
			}
			got := collection.NDCG(t, x)
			t.Logf("nDCG@10 %.4f", got)
			if got < atLeast {
				t.Errorf("nDCG@10 is %.4f, want at least %.3f", got, atLeast)
			}
		})
	}
}

func TestGolden(t *testing.T) {
	x, err := bleve.Open(filepath.Join(t.TempDir(), "index"))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	ranktest.Golden(t, x)
}
