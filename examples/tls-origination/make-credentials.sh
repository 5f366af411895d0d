#!/bin/sh
# Makes the partner's authority and certificate, the gateway's authority and certificate, in the folder that is named, and
# credentials.yaml, which hands the control plane what the gateway needs.
set -eu
folder=${1:?usage: make-credentials.sh FOLDER}
mkdir -p "$folder" && cd "$folder"

key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key" 2>/dev/null; }
authority() { # name
  key "$1"
  openssl req -x509 -key "$1.key" -subj "/CN=$1" -days 365 -out "$1.crt"
}
certificate() { # name, subjectAltName, authority
  key "$1"
  printf 'subjectAltName=%s\n' "$2" > "$1.ext"
  openssl req -new -key "$1.key" -subj "/CN=$1" |
    openssl x509 -req -CA "$3.crt" -CAkey "$3.key" -CAcreateserial -days 90 -extfile "$1.ext" -out "$1.crt" 2>/dev/null
}
block() { sed 's/^/      /' "$1"; }

authority partners
authority gateways
certificate partner DNS:api.partner.example partners
certificate gateway URI:spiffe://corp.example/gateway gateways

cat > credentials.yaml <<YAML
apiVersion: sallyport.io/v1
kind: Credential
metadata: {namespace: shop, name: partner-ca}
spec:
  type: CaBundle
  data:
    caBundle: |
$(block partners.crt)
---
apiVersion: sallyport.io/v1
kind: Credential
metadata: {namespace: shop, name: partner-client}
spec:
  type: Certificate
  data:
    certificate: |
$(block gateway.crt)
    privateKey: |
$(block gateway.key)
YAML
