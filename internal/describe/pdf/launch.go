package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"

	"github.com/klippa-app/go-pdfium/webassembly/imports"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
	"github.com/tetratelabs/wazero/imports/emscripten"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

// launch is the compiled module, from which instances are made.
type launch struct {
	done    chan struct{} // closed when the fields below are set
	runtime wazero.Runtime
	pdfium  wazero.CompiledModule
	loop    wazero.CompiledModule
	cache   wazero.CompilationCache
	err     error

	mu   sync.Mutex // one instance at a time is made, so that its memory is known
	last *memory
	max  uint64
}

// start compiles the modules, or loads them from cacheDir. It runs to its end
// even when nobody waits any more: the next one gets the result.
func (l *launch) start(cacheDir string) {
	defer close(l.done)
	config := wazero.NewRuntimeConfig().
		// PDFium's setjmp and longjmp are WebAssembly exceptions.
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling)
	if cacheDir != "" {
		// A cache that cannot be written costs seconds, not the engine.
		if cache, err := wazero.NewCompilationCacheWithDir(cacheDir); err == nil {
			l.cache = cache
			config = config.WithCompilationCache(cache)
		}
	}
	ctx := experimental.WithCompilationWorkers(context.Background(), runtime.GOMAXPROCS(0))
	l.runtime = wazero.NewRuntimeWithConfig(ctx, config)
	l.err = l.compile(ctx)
}

// compile makes the two modules and the host functions that PDFium needs.
func (l *launch) compile(ctx context.Context) error {
	if _, err := wasi_snapshot_preview1.Instantiate(ctx, l.runtime); err != nil {
		return err
	}
	metered, err := meter(pdfiumModule(), tickImport)
	if err != nil {
		return err
	}
	if l.pdfium, err = l.runtime.CompileModule(ctx, metered); err != nil {
		return err
	}
	if err = l.host(ctx); err != nil {
		return err
	}
	l.loop, err = l.runtime.CompileModule(ctx, loopModule())
	return err
}

// tickImport is the import of PDFium that metering calls: its hook for a clock
// of the caller's, which nothing here sets, so that PDFium itself never does.
const tickImport = "FSDK_SetTimeFunction_CB"

// host makes the functions that PDFium imports from "env".
func (l *launch) host(ctx context.Context) error {
	builder := l.runtime.NewHostModuleBuilder("env")
	exporter, err := emscripten.NewFunctionExporterForModule(l.pdfium)
	if err != nil {
		return err
	}
	exporter.ExportFunctions(builder)
	imports.NewFunctionExporter().ExportFunctions(builder)
	builder.NewFunctionBuilder().
		WithGoFunction(api.GoFunc(tick), nil, []api.ValueType{api.ValueTypeI64}).
		Export(tickImport)
	_, err = builder.Instantiate(ctx)
	return err
}

// tick stops the instance when the step's time is over. Being Go code, it also
// lets the garbage collector and other goroutines in.
func tick(ctx context.Context, stack []uint64) {
	if err := ctx.Err(); err != nil {
		panic(err) // wazero gives it back as the error of the call
	}
	stack[0] = 0
}

// instance makes a new instance with empty memory (a few milliseconds).
func (l *launch) instance() (*instance, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	ctx := experimental.WithMemoryAllocator(context.Background(), experimental.MemoryAllocatorFunc(l.allocate))
	// No file system, no arguments, no environment, no clock.
	module, err := l.runtime.InstantiateModule(ctx, l.pdfium, wazero.NewModuleConfig().
		WithName("").WithStartFunctions("_initialize").
		WithStdout(io.Discard).WithStderr(io.Discard))
	if err != nil {
		return nil, err
	}
	ctx = experimental.WithImportResolver(context.Background(), func(name string) api.Module {
		if name == loopImport {
			return module
		}
		return nil
	})
	loop, err := l.runtime.InstantiateModule(ctx, l.loop, wazero.NewModuleConfig().WithName(""))
	if err != nil {
		return nil, errors.Join(err, module.Close(ctx))
	}
	i := &instance{module: module, loop: loop, memory: l.last, functions: map[string]api.Function{}}
	if err := i.prepare(); err != nil {
		i.kill()
		return nil, err
	}
	return i, nil
}

func (l *launch) allocate(_, _ uint64) experimental.LinearMemory {
	l.last = newMemory(l.max)
	return l.last
}

func (l *launch) close() error {
	ctx := context.Background()
	err := l.runtime.Close(ctx)
	if l.cache != nil {
		err = errors.Join(err, l.cache.Close(ctx))
	}
	if err != nil {
		return fmt.Errorf("stop the PDF engine: %w", err)
	}
	return nil
}
