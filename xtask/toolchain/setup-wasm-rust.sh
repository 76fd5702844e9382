#!/usr/bin/env bash
# setup-wasm-rust.sh - put a Rust toolchain that can build WebAssembly guests (ready-made
# core/alloc/std for the wasm32 targets) into a private prefix, with nothing but apt and
# the crates registry. It needs no root, installs no Debian package and leaves the rustup toolchains alone; it only
# adds a link named $TOOLCHAIN to rustup. `cargo xtask toolchain` calls it.
#
#   bash setup-wasm-rust.sh              make the toolchain, unless one with these settings is there
#   bash setup-wasm-rust.sh --check      only say, by the exit code, whether it is there
#   cargo +wasm-guest build --release --target wasm32-unknown-unknown     # through rustup
#   $PREFIX/bin/cargo build --release --target wasm32-wasip2              # without rustup
#
# Settings (environment):
#   PREFIX        where it goes                              [the user's cache folder, witwright/wasm-guest]
#   TARGETS       targets to build std for [wasm32-unknown-unknown wasm32-wasip1 wasm32-wasip2 wasm32v1-none]
#                 (wasm32v1-none: core + alloc only, MVP instructions only)
#   TOOLCHAIN     name of the rustup link, empty for none    [wasm-guest]
#   CLANG         1: clang too, for C guests and for crates that build C   [0]
#   CLIPPY        1: clippy too, for linting guests          [0]
#   WASI_SUITE    Debian suite whose wasi-libc is taken      [trixie]
#   STD_RUSTFLAGS more rustc flags for std, e.g. "-Ctarget-feature=+atomics" (use another
#                 PREFIX and TOOLCHAIN then)                 []
#   RUST_DEB      version of Debian's rustc-web              [the newest there is]
#   FORCE         1: again, even if it is there              [0]
set -euo pipefail
PREFIX=${PREFIX:-${XDG_CACHE_HOME:-$HOME/.cache}/witwright/wasm-guest}
TARGETS=${TARGETS-"wasm32-unknown-unknown wasm32-wasip1 wasm32-wasip2 wasm32v1-none"}
TOOLCHAIN=${TOOLCHAIN-wasm-guest}
CLANG=${CLANG:-0}
CLIPPY=${CLIPPY:-0}
WASI_SUITE=${WASI_SUITE:-trixie}
STD_RUSTFLAGS=${STD_RUSTFLAGS:-}
RUST_DEB=${RUST_DEB:-}
FORCE=${FORCE:-0}
HOST=x86_64-unknown-linux-gnu
SCRIPT_VERSION=3

t0=$SECONDS
say() { printf '[wasm-rust %3ds] %s\n' $((SECONDS - t0)) "$*" >&2; }
die() { say "error: $1"; [ -z "${2:-}" ] || say "help: $2"; exit 1; }

TARGETS_HELP="add the targets to the active toolchain by hand ($TARGETS), or set WITWRIGHT_GUEST_CARGO to the cargo of one that has them"
package_of() {
  case $1 in apt-get | apt-cache) echo apt ;; dpkg-deb) echo dpkg ;; cc) echo gcc ;; ar) echo binutils ;; flock) echo util-linux ;; *) echo "$1" ;; esac
}

# Nothing of an outer cargo or rustc may leak in (this may be called from a build script or CI).
for v in $(compgen -e | grep -E '^(RUSTC|RUSTDOC|RUSTFLAGS|CARGO_ENCODED_RUSTFLAGS|RUSTC_.*|RUSTUP_TOOLCHAIN|CARGO_BUILD_.*|CARGO_TARGET_.*|CARGO_PROFILE_.*|__CARGO.*|LD_LIBRARY_PATH)$' || true); do
  unset "$v"
done

link_toolchain() {
  [ -n "$TOOLCHAIN" ] && command -v rustup >/dev/null || return 0
  [ "$(readlink -f "${RUSTUP_HOME:-$HOME/.rustup}/toolchains/$TOOLCHAIN" || true)" = "$(readlink -f "$PREFIX")" ] ||
    rustup -q toolchain link "$TOOLCHAIN" "$PREFIX"
}

want="script=$SCRIPT_VERSION targets=$TARGETS wasi=$WASI_SUITE clang=$CLANG clippy=$CLIPPY flags=$STD_RUSTFLAGS deb=$RUST_DEB"
there() { [ "$(head -n1 "$PREFIX/MANIFEST" 2>/dev/null || true)" = "$want" ]; }
if [ "${1:-}" = --check ]; then
  there && link_toolchain && exit 0
  exit 1
fi

[ "$(uname -sm)" = "Linux x86_64" ] && command -v apt-get >/dev/null ||
  die "Debian's packages for Linux on x86_64 are the source, and this is another system" "$TARGETS_HELP"
for c in apt-get apt-cache dpkg-deb cargo cc ar flock; do
  command -v $c >/dev/null || die "\`$c\` not found" "install the Debian package $(package_of $c) and try again"
done
mkdir -p "$(dirname "$PREFIX")" || die "cannot write to $(dirname "$PREFIX")" "set XDG_CACHE_HOME to a folder that can be written"
exec 9>"$PREFIX.lock"
flock 9
if [ "$FORCE" != 1 ] && there; then
  link_toolchain
  say "already there: $("$PREFIX/bin/rustc" -V)"
  exit 0
fi

cargo=$(rustup which cargo 2>/dev/null || command -v cargo)   # the real one behind rustup's proxy
work=$(mktemp -d "${TMPDIR:-/tmp}/wasm-rust.XXXXXX")
new=$PREFIX.new
trap 'rm -rf "$work" "$new"' EXIT
rm -rf "$new"
mkdir -p "$work/deb" "$work/x" "$new/bin" "$new/libexec" "$new/lib/rustlib/$HOST/bin"

# ---------------------------------------------------------------- packages
aptopts=(-qq -o APT::Sandbox::User=root -o Acquire::Retries=3)
if [ "$(id -u)" != 0 ]; then             # without root: package lists of our own instead of the system's
  mkdir -p "$work/state/lists/partial" "$work/state/cache/archives/partial"
  aptopts+=(-o Dir::State::lists="$work/state/lists" -o Dir::Cache="$work/state/cache" -o Debug::NoLocking=1)
fi
fetch() { (cd "$work/deb" && apt-get "${aptopts[@]}" "${@:2}" download $1) || die "apt cannot fetch: $1" "is the network there? else: $TARGETS_HELP"; }
show() { apt-cache "${aptopts[@]}" show --no-all-versions "$1" 2>/dev/null || true; }
depends() { show "$1" | sed -n 's/^Depends: //p'; }

say "apt lists"
apt-get "${aptopts[@]}" update || say "apt-get update failed, going on with the lists there are"
v=${RUST_DEB:+=$RUST_DEB}
stdpkg=$(depends "libstd-rust-web-dev$v" | grep -oE 'libstd-rust-web-[0-9.]+' | head -n1 || true)
[ -n "$stdpkg" ] || die "no rustc-web in the apt lists" "run \`apt-get update\` and try again; it takes Debian 12 with its security updates, or later. Else: $TARGETS_HELP"
llvm=$(depends "$stdpkg$v" | grep -oE 'libllvm[0-9]+' | head -n1)
n=${llvm#libllvm}
debs="rustc-web$v $stdpkg$v libstd-rust-web-dev$v rust-web-src$v $llvm lld-$n patchelf"
[ -z "$(show "rust-web-llvm$v")" ] || debs="$debs rust-web-llvm$v"   # wasm-component-ld
[ "$CLIPPY" != 1 ] || debs="$debs rust-web-clippy$v"
[ "$CLANG" != 1 ] || debs="$debs clang-$n libclang-cpp$n libclang-common-$n-dev libclang-rt-$n-dev-wasm32"
say "fetching packages, about 150 MB: $debs"
fetch "$debs"

case " $TARGETS " in *-wasi*) wasi=1 ;; *) wasi=$CLANG ;; esac
if [ "$wasi" = 1 ]; then
  # bookworm's own wasi-libc (2022) is too old for today's std. Take a newer suite's, which is
  # only headers and wasm archives, through an apt state of our own, from the mirror in use here.
  repo=$(apt-get "${aptopts[@]}" indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
         awk -v r="$(. /etc/os-release && echo "$VERSION_CODENAME")" '$1 == r && $2 == "main" {print $3; exit}')
  [ -n "$repo" ] || die "cannot tell the Debian mirror in use"
  a=$work/apt
  mkdir -p "$a/lists/partial" "$a/cache/archives/partial"
  : >"$a/status"
  printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' "$repo" "$WASI_SUITE" \
    /usr/share/keyrings/debian-archive-keyring.gpg >"$a/wasi.sources"
  papt=(-o Dir::State::lists="$a/lists" -o Dir::State::status="$a/status" -o Dir::Cache="$a/cache"
        -o Dir::Etc::SourceList="$a/wasi.sources" -o Dir::Etc::SourceParts=/dev/null
        -o Acquire::Languages=none -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false)
  apt-get "${aptopts[@]}" "${papt[@]}" update && fetch wasi-libc "${papt[@]}" || die "no wasi-libc from $WASI_SUITE"
  mkdir "$work/wasi"
  dpkg-deb -x "$work"/deb/wasi-libc_*.deb "$work/wasi"
fi

say "unpacking"
for f in "$work"/deb/*.deb; do
  case $f in
    */wasi-libc_*) ;;
    */rust-web-src_*) dpkg-deb --fsys-tarfile "$f" | tar -x -C "$work/x" --wildcards './usr/src/rustc-*/library/*' ;;
    *) dpkg-deb -x "$f" "$work/x" ;;
  esac
done
x=$work/x/usr

# ---------------------------------------------------------------- sysroot
cp "$x/bin/rustc" "$x/bin/rustdoc" "$new/bin/"
cp -P "$x"/lib/x86_64-linux-gnu/*.so* "$new/lib/"
cp -r "$x/lib/rustlib/$HOST/lib" "$new/lib/rustlib/$HOST/"
for f in "$x/lib/rustlib/$HOST/bin" "$(dirname "$cargo")/../lib/rustlib/$HOST/bin"; do
  [ ! -x "$f/wasm-component-ld" ] || { cp "$f/wasm-component-ld" "$new/lib/rustlib/$HOST/bin/"; break; }
done
cp "$x/lib/llvm-$n/bin/lld" "$new/bin/rust-lld"             # its RUNPATH is $ORIGIN/../lib
ln -s ../../../../bin/rust-lld "$new/lib/rustlib/$HOST/bin/rust-lld"
src=$(echo "$x"/src/rustc-*/library)
mkdir -p "$new/lib/rustlib/src/rust"
cp -r "$src" "$new/lib/rustlib/src/rust/"                    # for -Zbuild-std and go-to-definition
[ "$CLIPPY" != 1 ] || cp "$x/bin/clippy-driver" "$x/bin/cargo-clippy" "$new/bin/"
for f in rustc rustdoc clippy-driver; do
  [ ! -e "$new/bin/$f" ] || "$x/bin/patchelf" --set-rpath '$ORIGIN/../lib' "$new/bin/$f"
done
"$x/bin/patchelf" --set-rpath '$ORIGIN' "$new"/lib/librustc_driver-*.so
if [ "$CLANG" = 1 ]; then
  cp "$x/lib/llvm-$n/bin/clang" "$new/bin/clang"             # RUNPATH as above
  ln -s clang "$new/bin/clang++"
  cp -rL "$x/lib/llvm-$n/lib/clang" "$new/lib/"
  for l in wasm-ld "wasm-ld-$n"; do ln -s rust-lld "$new/bin/$l"; done   # Debian's clang asks for wasm-ld-N
  ln -s "../lib/rustlib/$HOST/bin/wasm-component-ld" "$new/bin/wasm-component-ld"
  mkdir -p "$new/share/wasi-sysroot"
  cp -a "$work/wasi/usr/include" "$work/wasi/usr/lib" "$new/share/wasi-sysroot/"
fi

# libraries LLVM needs which this machine may lack
missing() { for f in "$new"/bin/{rustc,rust-lld,clang}; do [ ! -e "$f" ] || ldd "$f"; done | awk '/not found/ {print $1}' | sort -u; }
for round in 1 2 3 4; do
  miss=$(missing)
  [ -n "$miss" ] || break
  more=
  for so in $miss; do
    case $so in
      libz3.so.4) p=libz3-4 ;; libedit.so.2) p=libedit2 ;; libxml2.so.2) p=libxml2 ;; libffi.so.8) p=libffi8 ;;
      libicu*.so.72) p=libicu72 ;; libbsd.so.0) p=libbsd0 ;; libmd.so.0) p=libmd0 ;; libtinfo.so.6) p=libtinfo6 ;;
      libzstd.so.1) p=libzstd1 ;; libz.so.1) p=zlib1g ;; liblzma.so.5) p=liblzma5 ;; *) die "no package known for $so" ;;
    esac
    case " $more " in *" $p "*) ;; *) more="$more $p" ;; esac
  done
  say "libraries missing here, taken along: $more"
  fetch "$more"
  for p in $more; do dpkg-deb -x "$work"/deb/${p}_*.deb "$work/more"; done
  for d in "$work"/more/{usr/,}lib/x86_64-linux-gnu; do
    for f in "$d"/*.so*; do
      [ -e "$f" ] && [ ! -e "$new/lib/${f##*/}" ] || continue
      cp -P "$f" "$new/lib/"
      [ -L "$f" ] || "$x/bin/patchelf" --set-rpath '$ORIGIN' "$new/lib/${f##*/}"
    done
  done
done
[ -z "$(missing)" ] || die "still missing: $(missing)"
[ "$("$new/bin/rustc" --print sysroot)" = "$(readlink -f "$new")" ] || die "sysroot is $("$new/bin/rustc" --print sysroot)"
say "$("$new/bin/rustc" -V)"

# Its cargo is the machine's own, always with this rustc (also when called from a build script,
# where an outer cargo has set RUSTC to its own).
cp "$cargo" "$new/libexec/cargo"
cat >"$new/bin/cargo" <<'W'
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
export RUSTC="$here/rustc" RUSTDOC="$here/rustdoc"
exec "$here/../libexec/cargo" "$@"
W
chmod +x "$new/bin/cargo"
for f in rustfmt cargo-fmt; do [ ! -x "$(dirname "$cargo")/$f" ] || ln -s "$(dirname "$cargo")/$f" "$new/bin/$f"; done

# ---------------------------------------------------------------- std
# As rust's own bootstrap does for a foreign target: build library/sysroot (alloc where there is
# no std) with its profile `dist` (old ones: `release`), and put the rlibs into the sysroot. --locked: the crates that
# std depends on come from the crates registry by the checksums in Debian's Cargo.lock.
cp -r "$src" "$work/library"
profile=release
! grep -q '^\[profile.dist\]' "$work/library/Cargo.toml" || profile=dist
commit=$("$new/bin/rustc" -vV | sed -n 's/^commit-hash: //p')
registry=${CARGO_HOME:-$HOME/.cargo}/registry/src
build() {
  (cd "$work/library" &&
    RUSTC="$new/bin/rustc" RUSTDOC="$new/bin/rustdoc" RUSTC_BOOTSTRAP=1 CARGO_INCREMENTAL=0 CARGO_NET_RETRY=5 \
    CARGO_TARGET_DIR="$work/target" CARGO_PROFILE_DIST_DEBUG=0 CARGO_PROFILE_RELEASE_DEBUG=0 __CARGO_DEFAULT_LIB_METADATA=wasm-guest-std \
    RUSTFLAGS="-Zforce-unstable-if-unmarked -Cembed-bitcode=yes --remap-path-prefix=$work/library=/rustc/$commit/library --remap-path-prefix=$registry=/cargo $STD_RUSTFLAGS" \
    "$cargo" build --locked --profile $profile "$@") >"$work/log" 2>&1 || { cat "$work/log" >&2; die "std does not build"; }
}
std=() nostd=()
for t in $TARGETS; do case $t in *-none) nostd+=(--target "$t") ;; *) std+=(--target "$t") ;; esac; done
if [ ${#std[@]} != 0 ]; then
  say "building std, about a minute:${std[*]//--target/}"
  build --manifest-path sysroot/Cargo.toml -p sysroot "${std[@]}"
fi
if [ ${#nostd[@]} != 0 ]; then
  say "building alloc:${nostd[*]//--target/}"
  build --manifest-path alloc/Cargo.toml -p alloc --features compiler-builtins-mem "${nostd[@]}"
fi
for t in $TARGETS; do
  d=$new/lib/rustlib/$t/lib
  mkdir -p "$d"
  cp "$work/target/$t/$profile/deps/"*.rlib "$d/"
  case $t in wasm32-wasi*)
    s=$work/wasi/usr/lib/$t
    [ -d "$s" ] || die "$WASI_SUITE's wasi-libc has nothing for $t"
    mkdir "$d/self-contained"
    cp "$s/crt1-command.o" "$s/crt1-reactor.o" "$s/libc.a" "$d/self-contained/"
    # std refers to pthread_create and so on; older wasi-libc has the stubs in a library of its own
    if [ -f "$s/libwasi-emulated-pthread.a" ]; then
      mkdir "$work/ar"
      (cd "$work/ar" && ar x "$s/libwasi-emulated-pthread.a" && ar q "$d/self-contained/libc.a" ./*.o*)
      rm -r "$work/ar"
    fi ;;
  esac
done

# ---------------------------------------------------------------- check, then put in place
say "checking"
cat >"$work/t.rs" <<'R'
#![allow(dead_code)]
use std::collections::HashMap;
#[unsafe(no_mangle)]
pub extern "C" fn f(n: u32) -> u32 {
    let m: HashMap<String, u32> = (0..n).map(|i| (i.to_string(), i)).collect();
    m.values().sum()
}
fn main() { println!("{}", f(100)); }
R
cat >"$work/n.rs" <<'R'
#![no_std]
#[panic_handler] fn p(_: &core::panic::PanicInfo) -> ! { loop {} }
#[unsafe(no_mangle)] pub extern "C" fn f(n: u32) -> u32 { n + 1 }
R
for t in $TARGETS; do
  case $t in *-none) s=n.rs k=cdylib ;; *-unknown-unknown) s=t.rs k=cdylib ;; *) s=t.rs k=bin ;; esac
  "$new/bin/rustc" --edition 2024 --target "$t" --crate-type $k -O -Clto $STD_RUSTFLAGS -o "$work/$t.wasm" "$work/$s"
  [ "$(head -c4 "$work/$t.wasm" | tail -c3)" = asm ] || die "$t: no wasm came out"
done
"$new/bin/rustc" --edition 2024 -O -o "$work/host" "$work/t.rs"      # as for proc macros and build scripts
[ "$("$work/host")" = 4950 ] || die "a program for the host does not run"
if command -v node >/dev/null && [ -f "$work/wasm32-unknown-unknown.wasm" ]; then
  r=$(node -e 'WebAssembly.instantiate(require("fs").readFileSync(process.argv[1]),{}).then(m=>console.log(m.instance.exports.f(100)))' "$work/wasm32-unknown-unknown.wasm")
  [ "$r" = 4950 ] || die "the wasm32-unknown-unknown module gives '$r', not 4950"
fi

{ echo "$want"; "$new/bin/rustc" -vV; "$cargo" -V; (cd "$work/deb" && sha256sum *.deb); } >"$new/MANIFEST"
rm -rf "$PREFIX"
mv "$new" "$PREFIX"
link_toolchain
say "done: $("$PREFIX/bin/rustc" -V) in $PREFIX, $(du -sh "$PREFIX" | cut -f1)"
