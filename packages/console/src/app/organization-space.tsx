import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { Frame } from './frame.js';
import { LiveProvider } from './live.js';
import { PlatformProvider } from './platform.js';
import { HereProvider, type Organization, type Session } from './session.js';
import { NotFound, SkeletonRows } from './states.js';

const OrderBoard = lazy(async () => ({ default: (await import('../orders/order-board.js')).OrderBoard }));
const OrderPage = lazy(async () => ({ default: (await import('../orders/order-page.js')).OrderPage }));
const ProposePage = lazy(async () => ({ default: (await import('../orders/propose-page.js')).ProposePage }));
const ImportPage = lazy(async () => ({ default: (await import('../orders/import-page.js')).ImportPage }));
const RfqBoard = lazy(async () => ({ default: (await import('../rfq/rfq-board.js')).RfqBoard }));
const RfqPage = lazy(async () => ({ default: (await import('../rfq/rfq-page.js')).RfqPage }));
const CreateRfqPage = lazy(async () => ({ default: (await import('../rfq/create-page.js')).CreateRfqPage }));
const EditRfqPage = lazy(async () => ({ default: (await import('../rfq/create-page.js')).EditRfqPage }));
const InvitationBoard = lazy(async () => ({ default: (await import('../rfq/invitation-board.js')).InvitationBoard }));
const InvitationPage = lazy(async () => ({ default: (await import('../rfq/invitation-page.js')).InvitationPage }));
const EquipmentBoard = lazy(async () => ({ default: (await import('../equipment/equipment-board.js')).EquipmentBoard }));
const EquipmentPage = lazy(async () => ({ default: (await import('../equipment/equipment-page.js')).EquipmentPage }));
const RulesPage = lazy(async () => ({ default: (await import('../rules/rules-page.js')).RulesPage }));
const GatewayPage = lazy(async () => ({ default: (await import('../gateway/gateway-page.js')).GatewayPage }));
const LetterList = lazy(async () => ({ default: (await import('../letters/letter-list.js')).LetterList }));
const LetterPage = lazy(async () => ({ default: (await import('../letters/letter-page.js')).LetterPage }));
const JobList = lazy(async () => ({ default: (await import('../production/job-list.js')).JobList }));
const JobPage = lazy(async () => ({ default: (await import('../production/job-page.js')).JobPage }));
const FloorPage = lazy(async () => ({ default: (await import('../floor/floor-page.js')).FloorPage }));
const LossesPage = lazy(async () => ({ default: (await import('../floor/losses-page.js')).LossesPage }));
const RunList = lazy(async () => ({ default: (await import('../production/run-list.js')).RunList }));
const GoldenList = lazy(async () => ({ default: (await import('../production/golden-list.js')).GoldenList }));
const RunPage = lazy(async () => ({ default: (await import('../production/run-page.js')).RunPage }));
const ComplaintList = lazy(async () => ({ default: (await import('../duties/complaint-list.js')).ComplaintList }));
const ComplaintPage = lazy(async () => ({ default: (await import('../duties/complaint-page.js')).ComplaintPage }));
const ScorePage = lazy(async () => ({ default: (await import('../duties/score-page.js')).ScorePage }));
const LotList = lazy(async () => ({ default: (await import('../lifecycle/lot-list.js')).LotList }));
const LotPage = lazy(async () => ({ default: (await import('../lifecycle/lot-page.js')).LotPage }));
const ScanPage = lazy(async () => ({ default: (await import('../orders/scan-page.js')).ScanPage }));
const StatementBoard = lazy(async () => ({ default: (await import('../statements/statement-board.js')).StatementBoard }));
const StatementPage = lazy(async () => ({ default: (await import('../statements/statement-page.js')).StatementPage }));
const QuotationBoard = lazy(async () => ({ default: (await import('../commerce/quotation-board.js')).QuotationBoard }));
const QuotationPage = lazy(async () => ({ default: (await import('../commerce/quotation-page.js')).QuotationPage }));
const LeadBoard = lazy(async () => ({ default: (await import('../commerce/lead-board.js')).LeadBoard }));
const LeadPage = lazy(async () => ({ default: (await import('../commerce/lead-page.js')).LeadPage }));
const UnitList = lazy(async () => ({ default: (await import('../lifecycle/unit-list.js')).UnitList }));
const UnitPage = lazy(async () => ({ default: (await import('../lifecycle/unit-page.js')).UnitPage }));
const TracePage = lazy(async () => ({ default: (await import('../lifecycle/trace-page.js')).TracePage }));
const CaseList = lazy(async () => ({ default: (await import('../service/case-list.js')).CaseList }));
const CasePage = lazy(async () => ({ default: (await import('../service/case-page.js')).CasePage }));
const ItemList = lazy(async () => ({ default: (await import('../engineering/item-list.js')).ItemList }));
const ItemPage = lazy(async () => ({ default: (await import('../engineering/item-page.js')).ItemPage }));
const RevisionPage = lazy(async () => ({ default: (await import('../engineering/revision-page.js')).RevisionPage }));
const ComparePage = lazy(async () => ({ default: (await import('../engineering/compare-page.js')).ComparePage }));
const ChangeList = lazy(async () => ({ default: (await import('../engineering/change-list.js')).ChangeList }));
const ChangePage = lazy(async () => ({ default: (await import('../engineering/change-page.js')).ChangePage }));
const IndustryPage = lazy(async () => ({ default: (await import('../verticals/industry-page.js')).IndustryPage }));
const AdminPage = lazy(async () => ({ default: (await import('../admin/admin-page.js')).AdminPage }));

/** Everything of one organization: its client, its live feed, its frame and its screens. */
export function OrganizationSpace({ session, organization }: { readonly session: Session; readonly organization: Organization }) {
  return (
    <HereProvider session={session} organization={organization}>
      <PlatformProvider organization={organization}>
        <LiveProvider>
          <Frame>
            <Suspense fallback={<SkeletonRows />}>
              <Switch>
                <Route path="/">
                  <Redirect to="/orders" replace />
                </Route>
                <Route path="/orders">
                  <OrderBoard />
                </Route>
                <Route path="/orders/new">
                  <ProposePage />
                </Route>
                <Route path="/orders/import">
                  <ImportPage />
                </Route>
                <Route path="/orders/:order">{({ order }) => <OrderPage key={order} order={order} />}</Route>
                <Route path="/rfqs">
                  <RfqBoard />
                </Route>
                <Route path="/rfqs/new">
                  <CreateRfqPage />
                </Route>
                <Route path="/rfqs/:rfq/edit">{({ rfq }) => <EditRfqPage key={rfq} rfq={rfq} />}</Route>
                <Route path="/rfqs/:rfq">{({ rfq }) => <RfqPage key={rfq} rfq={rfq} />}</Route>
                <Route path="/invitations">
                  <InvitationBoard />
                </Route>
                <Route path="/invitations/:invitation">
                  {({ invitation }) => <InvitationPage key={invitation} invitation={invitation} />}
                </Route>
                <Route path="/packages">
                  <ScanPage />
                </Route>
                <Route path="/statements">
                  <StatementBoard />
                </Route>
                <Route path="/statements/:statement">{({ statement }) => <StatementPage key={statement} statement={statement} />}</Route>
                <Route path="/quotations">
                  <QuotationBoard />
                </Route>
                <Route path="/quotations/:quotation">{({ quotation }) => <QuotationPage key={quotation} quotation={quotation} />}</Route>
                <Route path="/leads">
                  <LeadBoard />
                </Route>
                <Route path="/leads/:lead">{({ lead }) => <LeadPage key={lead} lead={lead} />}</Route>
                <Route path="/items">
                  <ItemList />
                </Route>
                <Route path="/items/:item">{({ item }) => <ItemPage key={item} item={item} />}</Route>
                <Route path="/revisions/:revision">{({ revision }) => <RevisionPage key={revision} revision={revision} />}</Route>
                <Route path="/revisions/:left/compare/:right">
                  {({ left, right }) => <ComparePage key={`${left} ${right}`} left={left} right={right} />}
                </Route>
                <Route path="/changes">
                  <ChangeList />
                </Route>
                <Route path="/changes/:change">{({ change }) => <ChangePage key={change} change={change} />}</Route>
                <Route path="/equipment">
                  <EquipmentBoard />
                </Route>
                <Route path="/equipment/:equipment">{({ equipment }) => <EquipmentPage key={equipment} equipment={equipment} />}</Route>
                <Route path="/equipment/:equipment/run-rules">
                  {({ equipment }) => <RulesPage key={equipment} equipment={equipment} />}
                </Route>
                <Route path="/gateway">
                  <GatewayPage />
                </Route>
                <Route path="/dead-letters">
                  <LetterList />
                </Route>
                <Route path="/dead-letters/:letter">{({ letter }) => <LetterPage key={letter} letter={letter} />}</Route>
                <Route path="/floor">
                  <FloorPage />
                </Route>
                <Route path="/losses">
                  <LossesPage />
                </Route>
                <Route path="/jobs">
                  <JobList />
                </Route>
                <Route path="/jobs/:job">{({ job }) => <JobPage key={job} job={job} />}</Route>
                <Route path="/runs">
                  <RunList />
                </Route>
                <Route path="/golden-runs">
                  <GoldenList />
                </Route>
                <Route path="/runs/:run">{({ run }) => <RunPage key={run} run={run} />}</Route>
                <Route path="/lots">
                  <LotList />
                </Route>
                <Route path="/lots/:lot">{({ lot }) => <LotPage key={lot} lot={lot} />}</Route>
                <Route path="/units">
                  <UnitList />
                </Route>
                <Route path="/units/:unit">{({ unit }) => <UnitPage key={unit} unit={unit} />}</Route>
                <Route path="/trace/:thing">{({ thing }) => <TracePage key={thing} thing={thing} />}</Route>
                <Route path="/cases">
                  <CaseList />
                </Route>
                <Route path="/cases/:id">{({ id }) => <CasePage key={id} id={id} />}</Route>
                <Route path="/complaints">
                  <ComplaintList />
                </Route>
                <Route path="/complaints/:id">{({ id }) => <ComplaintPage key={id} id={id} />}</Route>
                <Route path="/scores/:supplier">{({ supplier }) => <ScorePage key={supplier} supplier={supplier} />}</Route>
                <Route path="/v/:vertical/:page">
                  {({ vertical, page }) => <IndustryPage key={`${vertical}.${page}`} id={`${vertical}.${page}`} />}
                </Route>
                <Route path="/admin/:part?">{({ part }) => <AdminPage part={part ?? 'keys'} />}</Route>
                <Route>
                  <NotFound />
                </Route>
              </Switch>
            </Suspense>
          </Frame>
        </LiveProvider>
      </PlatformProvider>
    </HereProvider>
  );
}
