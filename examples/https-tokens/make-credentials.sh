#!/bin/sh
# Makes a certificate for the gateway, an issuer's key and two tokens, in the folder that is named, and credentials.yaml,
# which hands the control plane what the gateway needs. An issuer of your own has its keys at its jwks_uri.
set -eu
. "$(dirname -- "$0")/../certificates.sh"
folder=${1:?usage: make-credentials.sh FOLDER}
mkdir -p "$folder" && cd "$folder"

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key -out server.crt \
  -subj /CN=billing.example -addext subjectAltName=DNS:billing.example -days 7 2>/dev/null
openssl genrsa -out issuer.key 2048 2>/dev/null

url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
modulus() { openssl rsa -in issuer.key -noout -modulus | cut -d= -f2 | python3 -c 'import sys; sys.stdout.buffer.write(bytes.fromhex(sys.stdin.read()))'; }
token() { # subject
  content=$(printf '{"alg":"RS256","kid":"1"}' | url).$(printf '{"iss":"https://issuer.example","sub":"%s","aud":"egress","exp":%s}' "$1" $(($(date +%s) + 3600)) | url)
  printf '%s.%s' "$content" "$(printf %s "$content" | openssl dgst -sha256 -sign issuer.key | url)"
}

token checkout > checkout.token
token batch > batch.token

{
  credential edge server server server
  cat <<YAML
---
apiVersion: sallyport.io/v1
kind: SecurityPolicy
metadata: {namespace: edge, name: tokens}
spec:
  targetRefs: [{kind: EgressGateway, name: internet, sectionName: https}]
  authentication:
    jwt:
      - issuer: https://issuer.example
        audiences: [egress]
        jwks: {keys: [{kty: RSA, alg: RS256, kid: "1", n: "$(modulus | url)", e: AQAB}]}
YAML
} > credentials.yaml
