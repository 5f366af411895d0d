#!/bin/sh
# Makes an authority, a certificate for the gateway and two for workloads, in the folder that is named, and
# credentials.yaml, which hands the control plane what the gateway needs.
set -eu
folder=${1:?usage: make-credentials.sh FOLDER}
mkdir -p "$folder" && cd "$folder"

key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key" 2>/dev/null; }
authority() { # name
  key "$1"
  openssl req -x509 -key "$1.key" -subj "/CN=$1" -days 30 -out "$1.crt"
}
certificate() { # name, subjectAltName, authority
  key "$1"
  printf 'subjectAltName=%s\n' "$2" > "$1.ext"
  openssl req -new -key "$1.key" -subj "/CN=$1" |
    openssl x509 -req -CA "$3.crt" -CAkey "$3.key" -CAcreateserial -days 7 -extfile "$1.ext" -out "$1.crt" 2>/dev/null
}
block() { sed 's/^/      /' "$1"; }

authority gateways
authority workloads
# The server name that a client asks for is the host it wants to reach, so the gateway's certificate is good for that.
certificate server DNS:billing.example gateways
certificate checkout URI:spiffe://corp.example/ns/shop/sa/checkout workloads
certificate batch URI:spiffe://corp.example/ns/shop/sa/batch workloads

cat > credentials.yaml <<YAML
apiVersion: sallyport.io/v1
kind: Credential
metadata: {namespace: edge, name: server}
spec:
  type: Certificate
  data:
    certificate: |
$(block server.crt)
    privateKey: |
$(block server.key)
---
apiVersion: sallyport.io/v1
kind: Credential
metadata: {namespace: edge, name: workloads}
spec:
  type: CaBundle
  data:
    caBundle: |
$(block workloads.crt)
YAML
